/// A failure inside libtorch: which operation, on which shapes, and what libtorch said.
package struct TorchError: Error, Equatable, CustomStringConvertible {
    package let operation: String
    /// The shapes of the operands, in order.
    package let shapes: [[Int]]
    /// libtorch's own words, first line only.
    package let message: String

    package init(operation: String, shapes: [[Int]] = [], message: String) {
        self.operation = operation
        self.shapes = shapes
        self.message = message
    }

    /// Whether memory, of the machine or of the GPU, ran out.
    package var isOutOfMemory: Bool {
        message.contains("out of memory") || message.contains("not enough memory")
            || message.contains("can't allocate memory") || message.contains("bad_alloc")
            // oneDNN says no more of it, and other reasons are not known on shapes that were checked.
            || message.contains("could not create a primitive")
            || message.contains("could not execute a primitive")
    }

    /// The operation, with the shapes that it was given.
    package var place: String {
        "\(operation)(\(shapes.map { "\($0)" }.joined(separator: ", ")))"
    }

    package var description: String { "\(place): \(message)" }
}

extension Error {
    /// Whether libtorch ran out of memory.
    package var isMemoryShortage: Bool { (self as? TorchError)?.isOutOfMemory == true }
}
