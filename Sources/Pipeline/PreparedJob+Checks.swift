import Jobs

/// What a measurement must not be.
extension PreparedJob {
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
