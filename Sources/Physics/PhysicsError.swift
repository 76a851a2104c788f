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

    package var description: String { "\(context): \(problem); \(remedy)" }

    /// What is wrong, without the operator or noise model.
    package var problem: String {
        switch reason {
        case .shape(let shape, _): "the shape \(shape) does not fit"
        case .setting(let name, let value, _): "\(name) is \(value)"
        case .nothingMeasured: "the mask keeps nothing"
        case .memory(let room): Self.shortage(room)
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch reason {
        case .shape(_, let expected), .setting(_, _, let expected): "it must be \(expected)"
        case .nothingMeasured: "keep something that can be restored from"
        case .memory(let room):
            (room.fittingRows.map { "take at most \($0) rows, or " } ?? "")
                + "give the worker more memory"
        }
    }

    private static func shortage(_ room: MatrixRoom) -> String {
        let free = room.freeBytes.map { "and \($0 >> 20) MB are free" } ?? "which are not free"
        return "a matrix of \(room.rows) × \(room.columns) takes "
            + "\(max(1, room.bytes >> 20)) MB, \(free)"
    }
}
