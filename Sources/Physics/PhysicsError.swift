/// Why a measurement cannot be what an operator or a noise model describes.
package struct PhysicsError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// Pictures or measurements of this shape (without the batch) do not fit.
        case shape([Int], expected: String)
        /// A setting is outside what makes sense.
        case setting(String, value: Double, expected: String)
        /// A mask that keeps nothing.
        case nothingMeasured
        /// A matrix that does not fit into memory.
        case memory(MatrixRoom)
    }

    package let reason: Reason
    /// The operator or noise model.
    package let context: String

    package init(_ reason: Reason, in context: String) {
        self.reason = reason
        self.context = context
    }

    package var description: String {
        switch reason {
        case .shape(let shape, let expected):
            "\(context): the shape \(shape) does not fit; it must be \(expected)"
        case .setting(let name, let value, let expected):
            "\(context): \(name) is \(value); it must be \(expected)"
        case .nothingMeasured:
            "\(context): the mask keeps nothing, so that there is nothing to restore from"
        case .memory(let room): "\(context): \(Self.shortage(room))"
        }
    }

    private static func shortage(_ room: MatrixRoom) -> String {
        let free = room.freeBytes.map { "and \($0 >> 20) MB are free" } ?? "which are not free"
        let fitting = room.fittingRows.map { "take at most \($0) rows, or " } ?? ""
        return "a matrix of \(room.rows) × \(room.columns) takes \(max(1, room.bytes >> 20)) MB, "
            + "\(free); \(fitting)give the worker more memory"
    }
}
