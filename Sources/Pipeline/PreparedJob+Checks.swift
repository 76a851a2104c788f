import Arrays
import Jobs
import Tensors

/// What a measurement must not be.
extension PreparedJob {
    /// Signs without noise are +1 and −1.
    static func checkSigns(
        _ measurement: Tensor, of pictures: [JobPicture], _ spec: JobSpec
    ) throws {
        guard case .sign = spec.forward.last, spec.noise == .none else { return }
        for (index, picture) in pictures.enumerated() {
            let values = try measurement.element(index).hostArray().numbers(as: Float.self)
            guard let value = values.first(where: { abs($0) != 1 }) else { continue }
            throw JobFault(
                .mismatch(
                    """
                    the measurement \(picture.source) has values other than +1 and -1, such as \
                    \(value), but signs without noise are these
                    """, remedy: "write 1 and -1, or name the noise"),
                at: .key("forward")[spec.forward.count - 1]["sign"])
        }
    }

    /// A measurement must not be cropped or resized: operator and noise belong to its pixels.
    static func checkPreparation(
        _ spec: JobSpec, _ pictures: [JobPicture]
    ) throws(JobFault) {
        guard spec.given == .measurement else { return }
        if case .bm3d = spec.solver, let picture = pictures.first(where: \.isGrayed) {
            throw JobFault(
                .mismatch(
                    """
                    prepare would make the colour measurement \(picture.source) gray, which changes \
                    the noise that bm3d is to take out
                    """, remedy: "leave out color: bm3d restores colour as well"),
                at: .key("prepare")["color"])
        }
        if let picture = pictures.first(where: \.isReshaped) {
            throw JobFault(
                .mismatch(
                    "prepare would crop or resize the measurement \(picture.source)",
                    remedy:
                        "give it in the size of the prior and leave out crop and size, or write "
                        + "given: truth"), at: .key("prepare"))
        }
    }
}
