import Tensors

/// Gradients at the memory of one layer: from the end back to the beginning, by inversion.
extension Flow {
    package func traceEncode(_ z: Traced) throws -> Traced {
        var kept: Traced?
        for (level, latent) in zip(levels, try split(z)).reversed() {
            let whole = try level.traceSplit(kept: kept, latent: latent)
            kept = try level.bijection.traceEncode(whole)
        }
        guard let kept else {
            throw TorchError(operation: "encode", shapes: [z.value.shape], message: "no levels")
        }
        return try support.bijection.traceEncode(kept)
    }

    package func traceDecode(_ x: Traced) throws -> Traced {
        var rest = try support.bijection.traceDecode(x)
        var latents: [Traced] = []
        for level in levels {
            let (kept, latent) = try level.traceMerge(level.bijection.traceDecode(rest))
            latents.append(latent)
            if let kept { rest = kept }
        }
        return Traced(
            try joined(latents.map(\.value)), gradient: try joined(latents.map(\.gradient)))
    }

    private func split(_ z: Traced) throws(TorchError) -> [Traced] {
        zip(try split(z.value), try split(z.gradient)).map { Traced($0, gradient: $1) }
    }

    private func joined(_ pieces: [Tensor]) throws(TorchError) -> Tensor {
        var rows: [Tensor] = []
        for piece in pieces { rows.append(try piece.reshaped(to: [piece.batch, -1])) }
        return try .concatenated(rows, along: 1)
    }
}
