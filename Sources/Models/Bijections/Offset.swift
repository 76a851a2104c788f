package import Tensors

/// z = x − offset: centres pictures in [0, 1] around 0.
package struct Offset: Bijection {
    let offset: Double

    package init(_ offset: Double) {
        self.offset = offset
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        Mapped(try x - offset, logDeterminant: try x.zeroPerSample())
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        Mapped(try z + offset, logDeterminant: try z.zeroPerSample())
    }
}
