package import Tensors

/// Bijections one after the other; log-determinants add.
package struct Chain: Bijection {
    let parts: [any Bijection]

    package init(_ parts: [any Bijection]) {
        self.parts = parts
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        var mapped = Mapped(x, logDeterminant: try x.zeroPerSample())
        for part in parts { mapped = try mapped.followed(by: part.encode(mapped.value)) }
        return mapped
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        var mapped = Mapped(z, logDeterminant: try z.zeroPerSample())
        for part in parts.reversed() {
            mapped = try mapped.followed(by: part.decode(mapped.value))
        }
        return mapped
    }

    package func start(on x: Tensor) throws(TorchError) -> Mapped {
        var mapped = Mapped(x, logDeterminant: try x.zeroPerSample())
        for part in parts { mapped = try mapped.followed(by: part.start(on: mapped.value)) }
        return mapped
    }

    package func frozen() throws(TorchError) -> any Bijection {
        var frozen: [any Bijection] = []
        for part in parts { frozen.append(try part.frozen()) }
        return Chain(frozen)
    }
}

extension Mapped {
    /// The result of `next`, which began at this value, with both volume changes.
    func followed(by next: Mapped) throws(TorchError) -> Mapped {
        Mapped(next.value, logDeterminant: try logDeterminant + next.logDeterminant)
    }
}
