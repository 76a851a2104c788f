import Tensors

/// The room that memory has for a matrix in single precision.
///
/// A matrix is the largest thing that a job asks for by a number, and smaller batches do not make it
/// smaller: where it does not fit, the number has to be told.
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
            if let error = error as? TorchError, error.isOutOfMemory {
                throw PhysicsError(.memory(self), in: context)
            }
            throw error
        }
    }
}
