import Jobs
import Models
import Physics

/// Whether what a model knows of noise fits what is measured.
extension NoiseBuilder {
    /// Checks that the noise covers the measurement.
    func checkSize(of model: Flow, _ path: SettingPath) throws(JobFault) {
        guard model.imageShape != measurementShape else { return }
        throw JobFault(
            .mismatch(
                "the model makes noise of the shape \(model.imageShape), but the measurement has "
                    + "\(measurementShape) [channel, height, width]",
                remedy: "name a model of that shape, or a placement: {row: …, column: …}"), at: path
        )
    }

    /// Checks that a patch lies on the measurement.
    func checkPatch(
        _ place: NoisePlacement, of model: Flow, _ path: SettingPath
    ) throws(JobFault) {
        try checkPicture(path)
        let (patch, shape) = (model.imageShape, measurementShape)
        let (lowest, rightmost) = (shape[1] - patch[1], shape[2] - patch[2])
        guard (0...max(lowest, 0)).contains(place.row), lowest >= 0, rightmost >= 0,
            (0...max(rightmost, 0)).contains(place.column)
        else {
            throw JobFault(
                .mismatch(
                    "a patch of \(patch[1]) × \(patch[2]) pixels at row \(place.row), column "
                        + "\(place.column) leaves the measurement, which has \(shape[1]) × \(shape[2])",
                    remedy: lowest >= 0 && rightmost >= 0
                        ? "write a row of 0 to \(lowest) and a column of 0 to \(rightmost)"
                        : "give larger pictures, or another model"), at: path)
        }
        try checkChannel(of: place, patch[0], shape[0], path)
    }

    /// Checks that a patch with `own` channels is added to those that there are.
    private func checkChannel(
        of place: NoisePlacement, _ own: Int, _ channels: Int, _ path: SettingPath
    ) throws(JobFault) {
        guard let channel = place.channel else {
            guard own == channels else {
                throw JobFault(
                    .mismatch(
                        "a patch of \(own) channels does not say to which of \(channels) it is added",
                        remedy: own == 1 ? "add channel: 0" : "name a model of \(channels) channels"
                    ), at: path)
            }
            return
        }
        guard own == 1, (0..<channels).contains(channel) else {
            throw JobFault(
                .mismatch(
                    own == 1
                        ? "there is no channel \(channel) in a measurement of \(channels)"
                        : "a patch of \(own) channels is not added to one, \(channel)",
                    remedy: own == 1
                        ? "write a channel of 0 to \(channels - 1)" : "leave channel out"),
                at: path)
        }
    }

    /// Checks that every square of the measurement has room for a patch.
    func checkCells(for model: Flow, _ path: SettingPath) throws(JobFault) {
        try checkPicture(path)
        let (cell, patch, shape) = (Self.cell, model.imageShape, measurementShape)
        guard shape[1] >= cell, shape[2] >= cell else {
            throw JobFault(
                .mismatch(
                    "there is a digit in every square of \(cell) × \(cell) pixels, but the measurement "
                        + "has \(shape[1]) × \(shape[2])",
                    remedy: "give larger pictures, or the place, placement: [{row: 0, column: 0}]"),
                at: path)
        }
        guard patch[1] <= cell, patch[2] <= cell else {
            throw JobFault(
                .mismatch(
                    "the model makes patches of \(patch[1]) × \(patch[2]) pixels, which no square of "
                        + "\(cell) × \(cell) has room for",
                    remedy: "name another model, or their places, placement: [{row: 0, column: 0}]"),
                at: path)
        }
    }

    private func checkPicture(_ path: SettingPath) throws(JobFault) {
        guard measurementShape.count != 3 else { return }
        throw JobFault(
            .mismatch(
                "patches lie on pictures, but what is measured has the shape \(measurementShape)",
                remedy: "choose gaussian, laplace or sine with axis: measurements"), at: path)
    }
}
