package import Tensors

/// The constant numbers of an operator, at hand in single and in double precision.
///
/// Operators take device and precision from their input. What they are made of is converted once,
/// so that an iteration in single precision converts nothing.
package struct Coefficients: Sendable {
    /// In double precision, on the CPU.
    package let exact: Tensor
    private let single: Tensor

    /// Coefficients from numbers in double precision, real or complex.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(_ exact: Tensor, on device: Device = .cpu) throws(TorchError) {
        self.exact = exact
        let type: DataType = try exact.dataType() == .complex128 ? .complex64 : .float32
        single = try exact.converted(to: type).moved(to: device)
    }

    /// The numbers in the precision of `x` and where it is.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func matching(_ x: Tensor) throws(TorchError) -> Tensor {
        let device = try x.device()
        switch try x.dataType() {
        case .float32, .complex64: return try single.moved(to: device)
        default: return try exact.moved(to: device)
        }
    }
}
