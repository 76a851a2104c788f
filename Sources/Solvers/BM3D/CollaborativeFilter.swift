import Tensors

/// The two rounds of BM3D for one strength of noise.
struct CollaborativeFilter: Sendable {
    /// The standard deviation of the noise, on the scale of the pictures.
    let deviation: Double

    /// The first round over several pictures: small coefficients are dropped.
    ///
    /// - Throws: `TorchError` when threads cannot be had.
    static func thresholded(
        _ noisy: [Planes], _ filters: [CollaborativeFilter]
    ) throws -> [Planes] {
        try filtered(noisy, guides: noisy, filters.map { .thresholding($0.deviation) }) {
            Shrinkage.threshold(cut: $1.cut * Float(filters[$0].deviation))
        }
    }

    /// The second round: coefficients are weighed by those of the first round's result.
    ///
    /// - Throws: `TorchError` when threads cannot be had.
    static func weighed(
        _ noisy: [Planes], by basic: [Planes], _ filters: [CollaborativeFilter]
    ) throws -> [Planes] {
        try filtered(noisy, guides: basic, filters.map { .weighing($0.deviation) }) { picture, _ in
            Shrinkage.wiener(deviation: Float(filters[picture].deviation))
        }
    }

    /// Every picture in strips of rows, which are the same whatever the number of threads.
    private static func filtered(
        _ noisy: [Planes], guides: [Planes], _ profiles: [FilterProfile],
        _ shrinkage: (Int, FilterProfile) -> Shrinkage
    ) throws -> [Planes] {
        let strips = noisy.indices.map { picture in
            FilterStrip.strips(
                noisy: OpponentColours.separated(noisy[picture]),
                guide: OpponentColours.separated(guides[picture]), profiles[picture],
                shrinkage(picture, profiles[picture]))
        }
        let work = strips.flatMap { $0 }
        let lanes = Lanes.ranges(of: work.count, atMost: try TorchProcess.threads())
        var pieces = try Lanes.map(lanes) { range in range.map { work[$0].filtered() } }
            .flatMap { $0 }[...]
        return zip(noisy, strips).map { picture, strips in
            let mine = pieces.prefix(strips.count)
            pieces = pieces.dropFirst(strips.count)
            let values = (0..<picture.channels).flatMap { channel in
                Patchwork.joined(
                    mine.map { $0[channel] }, height: picture.height, width: picture.width)
            }
            return OpponentColours.joined(picture.with(values))
        }
    }
}
