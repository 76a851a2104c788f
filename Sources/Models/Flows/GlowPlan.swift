import Tensors

/// What every Glow is put together from, whichever program it comes from.
///
/// A level is a squeeze and flow steps; half of the channels leaves, at the last level everything.
struct GlowPlan {
    /// A level of the plan.
    struct Place {
        /// The level, 0 the finest.
        let index: Int
        let isTop: Bool
        /// Channels, height and width of the latents that leave.
        let latents: [Int]
        /// Where the parameters of a learned prior are.
        let scope: ParameterScope
    }

    var levels: Int
    var hidden: Int
    var support = PictureSupport.everywhere
    /// Whether scales may vanish, so that decoding has to be confined.
    var isConfined = false
    var squeeze: (Int) -> Squeeze.Order = { _ in .byChannel }
    var steps: (Int) -> Int
    var form: (Int) -> GlowStep.Form
    var prior: (Place) throws(TorchError) -> LatentPrior? = { (_) throws(TorchError) in nil }

    /// The flow over pictures of `imageShape`, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    func flow(imageShape: [Int], in scope: ParameterScope) throws(TorchError) -> Flow {
        var shape = imageShape
        var built: [Level] = []
        var latents: [[Int]] = []
        for index in 0..<levels {
            let isTop = index == levels - 1
            shape = [shape[0] * 4, shape[1] / 2, shape[2] / 2]
            let place = scope / "levels" / index
            let parts = try parts(index, channels: shape[0], in: place / "steps")
            if !isTop { shape[0] /= 2 }
            latents.append(shape)
            let prior = try prior(
                Place(index: index, isTop: isTop, latents: shape, scope: place / "prior"))
            built.append(Level(parts, exit: isTop ? .all : .half, prior: prior))
        }
        return Flow(
            imageShape: imageShape, support: support, levels: built, latents: latents,
            parameterCount: scope.parameterCount)
    }

    private func parts(
        _ level: Int, channels: Int, in scope: ParameterScope
    ) throws(TorchError) -> [any Bijection] {
        let form = form(level)
        var parts: [any Bijection] = [Squeeze(squeeze(level))]
        for step in 0..<steps(level) {
            parts.append(
                try GlowStep(channels: channels, hidden: hidden, form, in: scope / step))
            if isConfined { parts.append(Confinement()) }
        }
        return parts
    }
}
