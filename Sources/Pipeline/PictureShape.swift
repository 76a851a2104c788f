import Arrays
import Jobs
import Physics

/// Finds the shape of the pictures of a job, and checks that all of them have it.
struct PictureShape {
    let spec: JobSpec
    let pictures: [JobPicture]

    init(_ spec: JobSpec, _ pictures: [JobPicture]) {
        self.spec = spec
        self.pictures = pictures
    }

    /// Channels, height and width of a restored picture: those of a model, else of what is given.
    ///
    /// - Throws: `JobFault` when what is given is no picture.
    func imageShape(of model: [Int]?) throws(JobFault) -> [Int] {
        if let model { return model }
        let shape = ownShape ?? []
        guard shape.count == 3 else {
            throw unknownSize(pictures.first?.shapeInWords ?? "the shape \(shape)")
        }
        return shape
    }

    /// Checks that what is given has the shape that is measured of pictures of `imageShape`.
    ///
    /// - Throws: `JobFault` when a picture has another shape.
    func check(
        measurement: [Int], of imageShape: [Int], isOfModel: Bool
    ) throws(JobFault) {
        let isKnown = isOfModel || spec.solver.windows != nil || spec.tellsSize
        guard isKnown || spec.given == .truth || measurement == imageShape else {
            throw unknownSize("the shape \(imageShape)")
        }
        let expected = spec.given == .truth ? imageShape : measurement
        for index in pictures.indices {
            if isOfModel {
                try check(index, expected)
            } else {
                try checkAmongOthers(index, expected)
            }
        }
    }

    /// Checks that a model of pictures of the shape `model` can restore those of `imageShape`.
    ///
    /// - Throws: `JobFault` when it cannot.
    func check(model: [Int], for imageShape: [Int]) throws(JobFault) {
        let own = spec.solver.windows == nil ? model : try self.imageShape(inWindowsOf: model)
        guard own != imageShape else { return }
        throw JobFault(
            .mismatch(
                "\(nameOfModel) is for pictures of the shape \(own) [channel, height, width], and those "
                    + "of the job have \(imageShape)",
                remedy: "leave the method out, or choose another model"),
            at: .key("solver")[spec.solver.name])
    }

    private func unknownSize(_ shape: String) -> JobFault {
        JobFault(
            .mismatch(
                "a measurement of \(shape) does not tell how large the pictures are",
                remedy: "name a model with pictures of their size"), at: .key("prior"))
    }

    private func checkAmongOthers(_ index: Int, _ expected: [Int]) throws(JobFault) {
        let picture = pictures[index]
        guard picture.values.shape != expected else { return }
        throw JobFault(
            .mismatch(
                "\(picture.source) has \(picture.shapeInWords), but the first picture of "
                    + "the job has \(expected) [channel, height, width]",
                remedy: "give them one size and colour with prepare, or submit a job for each"),
            at: spec.images.path(of: index))
    }

    /// Checks that the picture has the shape that prior and operator ask for.
    private func check(_ index: Int, _ expected: [Int]) throws(JobFault) {
        let picture = pictures[index]
        guard picture.values.shape != expected else { return }
        guard expected.count == 3 else { throw notMeasured(index, expected) }
        throw JobFault(
            .mismatch(
                "\(picture.source) has \(picture.shapeInWords), but \(nameOfModel) needs \(expected) "
                    + "[channel, height, width]", remedy: remedy(picture, expected)),
            at: spec.images.path(of: index))
    }

    private func remedy(_ picture: JobPicture, _ expected: [Int]) -> String {
        let windows = isWindowable(picture, expected) ? ", or solver: {map: {windows: auto}}" : ""
        let color = expected[0] == 1 ? "gray" : "rgb"
        let prepare = "prepare: {crop: center, size: \(expected[1]), color: \(color)}"
        if picture.values.shape.dropFirst() == expected.dropFirst() {
            return "set prepare: {color: \(color)}, or choose another prior"
        }
        return spec.given == .truth
            ? "set \(prepare)\(windows), or choose another prior"
            : "give a measurement of that shape\(windows), or choose another prior; if these are true "
                + "pictures to try things with, write given: truth and \(prepare)"
    }

    private var nameOfModel: String {
        spec.solver.network.map { "the network \($0.text)" }
            ?? "the prior \(spec.prior?.text ?? "")"
    }

    /// Whether windows would do.
    private func isWindowable(_ picture: JobPicture, _ expected: [Int]) -> Bool {
        guard case .map(let map) = spec.solver, map.windows == nil else { return false }
        let shape = picture.values.shape
        return shape.count == 3 && shape[0] == expected[0]
            && zip(shape, expected).allSatisfy { $0 >= $1 }
    }

    private func notMeasured(_ index: Int, _ expected: [Int]) -> JobFault {
        let words = expected.count == 4 ? "complex numbers of the shape" : "the shape"
        let picture = pictures[index]
        return JobFault(
            .mismatch(
                "\(picture.source) has \(picture.shapeInWords), but forward measures "
                    + "\(words) \(expected.suffix(3)) of the pictures of \(nameOfModel)",
                remedy: "give an NPY file of that shape, or write given: truth"),
            at: spec.images.path(of: index))
    }
}
