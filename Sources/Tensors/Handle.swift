import CTorch
import Glibc

/// The owner of one libtorch tensor.
// Sendable: libtorch counts references atomically, and the content is only changed in place by
// optimisers, on tensors that they own.
final class Handle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        ct_release(pointer)
    }
}

/// What a C function of the shim returns: nil, or a message to free.
typealias Message = UnsafeMutablePointer<CChar>?

/// Throws when `message`, which this function frees, is not nil.
func check(
    _ operation: String, _ operands: [Tensor] = [], _ message: Message
) throws(TorchError) {
    guard let message else { return }
    defer { free(message) }
    let text = String(cString: message)
    throw TorchError(
        operation: operation, shapes: operands.map(\.shape),
        message: String(text.prefix { $0 != "\n" }))
}

/// The tensor that `body` writes.
func tensor(
    _ operation: String, _ operands: [Tensor] = [],
    _ body: (UnsafeMutablePointer<OpaquePointer?>) -> Message
) throws(TorchError) -> Tensor {
    var pointer: OpaquePointer?
    try check(operation, operands, body(&pointer))
    guard let pointer else {
        throw TorchError(operation: operation, message: "no result")
    }
    return Tensor(Handle(owning: pointer))
}

/// The two tensors that `body` writes.
func tensorPair(
    _ operation: String, _ operands: [Tensor],
    _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<OpaquePointer?>) -> Message
) throws(TorchError) -> (Tensor, Tensor) {
    var second: OpaquePointer?
    let first = try tensor(operation, operands) { body($0, &second) }
    guard let second else {
        throw TorchError(operation: operation, message: "no second result")
    }
    return (first, Tensor(Handle(owning: second)))
}

/// The dimensions as libtorch wants them.
func dimensions(_ values: [Int]) -> [Int64] {
    values.map(Int64.init)
}
