package import Arrays

/// The latents of pictures, and how probable the pictures are.
package struct EncodedPictures: Sendable {
    /// Where every picture came from.
    package let names: [String]
    /// Level by level, the finest first, `[batch, channel, height, width]`.
    package let latents: [HostArray]
    /// log |det ∂z/∂x| in nats.
    package let logDeterminant: [Double]
    /// log p(x) in nats.
    package let logLikelihood: [Double]

    init(
        names: [String], latents: [HostArray], logDeterminant: [Double], logLikelihood: [Double]
    ) {
        self.names = names
        self.latents = latents
        self.logDeterminant = logDeterminant
        self.logLikelihood = logLikelihood
    }

    /// Those of `parts`, one after the other; all have the same levels.
    ///
    /// - Throws: `ArrayError` when they have not.
    init(joining parts: [EncodedPictures]) throws(ArrayError) {
        names = parts.flatMap(\.names)
        logDeterminant = parts.flatMap(\.logDeterminant)
        logLikelihood = parts.flatMap(\.logLikelihood)
        var joined: [HostArray] = []
        for level in parts.first?.latents.indices ?? 0..<0 {
            let pieces = parts.map { $0.latents[level] }
            joined.append(
                try HostArray(
                    shape: [names.count] + pieces[0].shape.dropFirst(),
                    elementType: pieces[0].elementType, bytes: pieces.flatMap(\.bytes)))
        }
        latents = joined
    }

    /// Writes `z0`, `z1`, …, `log_det` and `log_likelihood` as a NumPy archive.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package func write(to path: String) throws(ArrayError) {
        var arrays: [String: HostArray] = [:]
        for (level, latent) in latents.enumerated() {
            arrays[LatentFile.name(ofLevel: level)] = latent
        }
        arrays[LatentFile.logDeterminant] = HostArray(
            logDeterminant.map { Float($0) }, shape: [names.count])
        arrays[LatentFile.logLikelihood] = HostArray(
            logLikelihood.map { Float($0) }, shape: [names.count])
        try NPZFile(arrays).write(to: path)
    }

    /// What a program may want to know about every picture.
    package var json: JSONValue {
        .array(
            names.indices.map { index in
                JSONValue([
                    "name": .string(names[index]), "log_det": JSONValue(logDeterminant[index]),
                    "log_likelihood": JSONValue(logLikelihood[index]),
                ])
            })
    }
}
