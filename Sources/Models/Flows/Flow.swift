package import Tensors

/// A normalizing flow: a bijection between pictures in [0, 1] and standard normal latents.
///
/// Pictures are `[batch, channel, height, width]`; latents are one flat tensor
/// `[batch, channel · height · width]`, the finest level first.
package struct Flow: Bijection {
    /// Channels, height and width of a picture.
    package let imageShape: [Int]
    /// Which values a picture may have.
    package let support: PictureSupport
    let levels: [Level]
    let shapes: [[Int]]
    /// The number of its parameters; 0 when it is not known.
    package let parameterCount: Int

    /// A flow of `levels` over pictures of `imageShape`, in which squeezes halve the sides.
    package init(
        imageShape: [Int], support: PictureSupport, levels: [Level], latents: [[Int]],
        parameterCount: Int = 0
    ) {
        self.imageShape = imageShape
        self.support = support
        self.levels = levels
        shapes = latents
        self.parameterCount = parameterCount
    }

    /// The number of latents of one picture.
    package var dimensions: Int { imageShape.reduce(1, *) }

    /// Channels, height and width of the latents of every level, the finest first.
    package var latentShapes: [[Int]] { shapes }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        try latents(
            of: x, { (part, h) throws(TorchError) in try part.encode(h) },
            { (prior, kept) throws(TorchError) in try prior.output(for: kept) })
    }

    package func start(on x: Tensor) throws(TorchError) -> Mapped {
        try latents(
            of: x, { (part, h) throws(TorchError) in try part.start(on: h) },
            { (prior, kept) throws(TorchError) in try prior.start(on: kept) })
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let pieces = try split(z)
        var piece: Tensor?
        var volume = try z.zeroPerSample()
        for (level, latent) in zip(levels, pieces).reversed() {
            let merged = try level.merge(kept: piece, latent: latent)
            let mapped = try merged.followed(by: level.bijection.decode(merged.value))
            volume = try volume + mapped.logDeterminant
            piece = mapped.value
        }
        guard let piece else {
            throw TorchError(operation: "decode", shapes: [z.shape], message: "no levels")
        }
        let picture = try support.bijection.decode(piece)
        return Mapped(picture.value, logDeterminant: try volume + picture.logDeterminant)
    }

    package func frozen() throws(TorchError) -> any Bijection { try frozenFlow() }

    /// The flow for use without training.
    ///
    /// - Throws: `TorchError` when a matrix is singular.
    package func frozenFlow() throws(TorchError) -> Flow {
        var frozen: [Level] = []
        for level in levels { frozen.append(try level.frozen()) }
        return Flow(
            imageShape: imageShape, support: support, levels: frozen, latents: shapes,
            parameterCount: parameterCount)
    }

    /// The flow whose latents have the learned priors as their distribution instead of N(0, I).
    ///
    /// Other programs give latents so.
    package var withoutPriors: Flow {
        Flow(
            imageShape: imageShape, support: support, levels: levels.map { $0.withoutPrior() },
            latents: shapes, parameterCount: parameterCount)
    }

    /// The latents of every level, the finest first.
    ///
    /// - Throws: `TorchError` when `z` is not `[batch, dimensions]`.
    package func split(_ z: Tensor) throws(TorchError) -> [Tensor] {
        guard z.shape == [z.batch, dimensions] else {
            throw TorchError(
                operation: "decode", shapes: [z.shape], message: "needs [batch, \(dimensions)]")
        }
        var start = 0
        var pieces: [Tensor] = []
        for shape in shapes {
            let count = shape.reduce(1, *)
            pieces.append(
                try z.slice(start..<start + count, along: 1).reshaped(to: [z.batch] + shape)
                    .channelsLast())
            start += count
        }
        return pieces
    }

    private func latents(
        of x: Tensor, _ encode: (any Bijection, Tensor) throws(TorchError) -> Mapped,
        _ statistics: (any Conditioner, Tensor) throws(TorchError) -> Tensor
    ) throws(TorchError) -> Mapped {
        let batch = x.batch
        guard x.shape == [batch] + imageShape else {
            throw TorchError(
                operation: "encode", shapes: [x.shape], message: "needs [batch] + \(imageShape)")
        }
        let prepared = try support.bijection.encode(x)
        var h = try prepared.value.channelsLast()
        var volume = prepared.logDeterminant
        var pieces: [Tensor] = []
        for level in levels {
            let mapped = try encode(level.bijection, h)
            let (kept, latent) = try level.split(mapped.value, statistics)
            volume = try volume + mapped.logDeterminant + latent.logDeterminant
            pieces.append(try latent.value.reshaped(to: [batch, -1]))
            h = kept ?? mapped.value
        }
        return Mapped(try .concatenated(pieces, along: 1), logDeterminant: volume)
    }
}
