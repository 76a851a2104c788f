package import Tensors

/// Too little memory for even one picture.
package struct MemoryShortage: Error, CustomStringConvertible {
    /// What could not be computed.
    package let cause: TorchError
    /// Of the picture: channels, height, width.
    package let imageShape: [Int]
    /// What was free when it was found out; nil when nobody knows.
    package let freeBytes: Int?

    package init(cause: TorchError, imageShape: [Int], freeBytes: Int?) {
        self.cause = cause
        self.imageShape = imageShape
        self.freeBytes = freeBytes
    }

    package var description: String {
        let shape = imageShape.map(String.init).joined(separator: " × ")
        return "not even one picture of \(shape) fits into memory: \(cause)"
    }

    /// What would fit.
    var hint: String {
        let needed = BatchQueue.bytes(numbers: imageShape.reduce(1, *)) >> 20
        let free = freeBytes.map { ", and \($0 >> 20) MB are free" } ?? ""
        return
            "an iteration takes about \(max(1, needed)) MB beside the model and the operator\(free); "
            + "give the worker more memory, or a smaller model, matrix or picture"
    }
}
