import Glibc
package import Tensors

/// Measures whether a flow is the bijection that it claims to be.
///
/// For weights that came from elsewhere: a mistake on the way shows as a picture that does not come
/// back, or as a volume that is not that of the Jacobian.
package struct SelfTest {
    private let flow: Flow
    private let type: DataType
    /// The largest Jacobian that is written down.
    private let limit = 100

    /// A test of `flow`, whose weights are of `type`; double precision sees the most.
    package init(_ flow: Flow, _ type: DataType = .float64) {
        self.flow = flow
        self.type = type
    }

    /// A second for a Glow of 25 million parameters and four levels on pictures of 16 pixels.
    ///
    /// - Throws: `TorchError`, when a matrix is singular perhaps.
    package func run() throws -> SelfTestReport {
        let (there, back, latents) = try withoutGradient { try roundTrips() }
        return SelfTestReport(
            type: type, pictureError: there.error, latentError: latents,
            volumeError: max(there.volume, back), jacobianError: try jacobianError(),
            isFinite: try withoutGradient { try isFinite() })
    }

    /// Pictures to latents and back, and the other way round.
    private func roundTrips() throws -> (
        pictures: (error: Double, volume: Double), volume: Double, latents: Double
    ) {
        var probes = ProbePictures(shape: flow.imageShape)
        let x = try probes.drawn(2, bits: 8).converted(to: type)
        let z = try flow.encode(x)
        let picture = try flow.decode(z.value)
        var generator = Generator(seed: 2)
        // Latents that a model has seen: half a standard deviation away.
        let drawn = try generator.normal([2, flow.dimensions], type) * 0.5
        let sample = try flow.decode(drawn)
        let again = try flow.encode(sample.value)
        return (
            (
                try picture.value.distance(to: x),
                try picture.logDeterminant.distance(to: -z.logDeterminant)
            ),
            try again.logDeterminant.distance(to: -sample.logDeterminant),
            try again.value.distance(to: drawn)
        )
    }

    /// The largest difference, in nats, of the log-determinant of a level from that of its Jacobian,
    /// on the largest square of 4×4 or 2×2 pixels that is affordable; nil when none is.
    private func jacobianError() throws -> Double? {
        var worst: Double?
        var channels = flow.imageShape[0]
        for (level, latents) in zip(flow.levels, flow.latentShapes) {
            if let side = [4, 2].first(where: { channels * $0 * $0 <= limit }) {
                var generator = Generator(seed: 3)
                let x = try generator.normal([1, channels, side, side], type) * 0.3
                let error = try withGradient { try difference(level.bijection, at: x) }
                // What is not a number must not be lost in a comparison.
                worst = error.isFinite ? max(worst ?? 0, error) : .infinity
            }
            channels = latents[0]
        }
        return worst
    }

    private func difference(_ bijection: any Bijection, at x: Tensor) throws -> Double {
        // Every row of the Jacobian has a picture of its own: one pass back instead of one a row.
        let count = x.count
        let leaf = try x.expanded(to: [count] + x.shape.dropFirst()).contiguous().leaf()
        let mapped = try bijection.encode(leaf)
        let rows = try Tensor.identity(count, type).reshaped(to: mapped.value.shape)
        let gradients = try (mapped.value * rows).sum().gradients(of: [leaf])
        guard let jacobian = gradients.first else { return .infinity }
        let volume = try jacobian.detached().reshaped(to: [count, count])
            .converted(to: .float64).signAndLogDeterminant().logarithm.item()
        return abs(volume - (try mapped.logDeterminant.element(0).item()))
    }

    /// Whether latents up to six standard deviations away give finite pictures.
    private func isFinite() throws -> Bool {
        var generator = Generator(seed: 4)
        let z = try generator.uniform([2, flow.dimensions], type) * 12 - 6
        let mapped = try flow.decode(z)
        return try mapped.value.isAllFinite() && mapped.logDeterminant.isAllFinite()
    }
}

extension Tensor {
    /// The largest difference of an element, infinite when one is not a number.
    fileprivate func distance(to other: Tensor) throws(TorchError) -> Double {
        let largest = try (self - other).magnitude().largest().item()
        return largest.isNaN ? .infinity : largest
    }
}
