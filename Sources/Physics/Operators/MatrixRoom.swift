import Tensors

/// The room that memory has for a matrix in single precision.
///
/// A matrix is the largest thing that a job asks for by a number, and smaller batches do not make it
/// smaller: where it does not fit, the number has to be told. Only a random one can be done without:
/// its rows are drawn again.
package struct MatrixRoom: Equatable, Sendable {
    package let rows: Int
    package let columns: Int
    /// What memory is free; nil when nobody knows.
    package let freeBytes: Int?

    package init(rows: Int, columns: Int, freeBytes: Int?) {
        self.rows = rows
        self.columns = columns
        self.freeBytes = freeBytes
    }

    package var bytes: Int { 4 * rows * columns }

    /// As many rows as half of the free memory holds, since the rest of a job needs some too; nil
    /// when nobody knows, or when that is none.
    var fittingRows: Int? {
        guard let freeBytes else { return nil }
        let fitting = min(freeBytes / 2 / (4 * columns), rows - 1)
        return fitting > 0 ? fitting : nil
    }

    /// What `make` makes of the matrix, which is not even begun where it cannot fit: a system that
    /// promises more memory than it has would end the process.
    ///
    /// - Parameters:
    ///   - context: the step of the measurement.
    ///   - make: makes it.
    /// - Returns: what was made.
    /// - Throws: `PhysicsError` when memory is short, and what `make` throws.
    package func make<Made>(in context: String, _ make: () throws -> Made) throws -> Made {
        if let freeBytes, bytes > freeBytes { throw PhysicsError(.memory(self), in: context) }
        do {
            return try make()
        } catch {
            if error.isMemoryShortage { throw PhysicsError(.memory(self), in: context) }
            throw error
        }
    }
}

/// Matrices that need not be held.
extension MatrixRoom {
    /// The most bytes that a random matrix may take at a time: half of what is free, since the rest of
    /// a job needs some too, and no more than is ever held.
    package var heldLimit: Int {
        min(freeBytes.map { $0 / 2 } ?? .max, RandomMatrix.largestHeld)
    }

    /// What `make` makes of a random matrix, of which a few rows at a time are enough.
    ///
    /// - Parameters:
    ///   - context: the step of the measurement.
    ///   - make: makes it, taking no more bytes at a time than it is told; called again with fewer
    ///     where the system has no room for them after all.
    /// - Returns: what was made.
    /// - Throws: `PhysicsError` when memory is short for a single row, and what `make` throws.
    package func makeInBlocks<Made>(
        in context: String, _ make: (_ limit: Int) throws -> Made
    ) throws -> Made {
        if let freeBytes, 4 * columns > freeBytes {
            throw PhysicsError(.memory(self), in: context)
        }
        do {
            return try make(heldLimit)
        } catch {
            guard error.isMemoryShortage, bytes <= heldLimit else { throw error }
            return try make(bytes / 2)
        }
    }
}
