package import Physics
package import Tensors

/// Where the picture of a noise model lies on a measurement.
package struct NoisePatch: Sendable, Equatable {
    /// The pixel on which its top left corner lies.
    package let row: Int
    package let column: Int
    /// The channel it is added to; nil adds it to all, each with a channel of its own.
    package let channel: Int?

    package init(row: Int, column: Int, channel: Int? = nil) {
        self.row = row
        self.column = column
        self.channel = channel
    }

    /// One patch in every square cell of a measurement, at a random offset inside the cell, in a
    /// random channel when the patch has fewer channels than the measurement.
    ///
    /// Number, size and placement of the digits are not in the paper; with cells of 32 pixels a
    /// measurement of 64 × 64 gets four.
    ///
    /// - Throws: `PhysicsError` when a patch is larger than a cell or a cell than the measurement.
    package static func oneInEveryCell(
        of shape: [Int], cell: Int, patch: [Int], from generator: inout Generator
    ) throws(PhysicsError) -> [NoisePatch] {
        guard shape.count == 3, patch.count == 3, cell > 0, shape[1] >= cell, shape[2] >= cell,
            patch[1] <= cell, patch[2] <= cell
        else {
            throw PhysicsError(
                .shape(shape, expected: "a picture of at least one cell of \(cell) pixels"),
                in: "patches of \(patch)")
        }
        var patches: [NoisePatch] = []
        for row in 0..<shape[1] / cell {
            for column in 0..<shape[2] / cell {
                let down = Int.random(in: 0...cell - patch[1], using: &generator)
                let right = Int.random(in: 0...cell - patch[2], using: &generator)
                let channel =
                    patch[0] == shape[0] ? nil : Int.random(in: 0..<shape[0], using: &generator)
                patches.append(
                    NoisePatch(
                        row: row * cell + down, column: column * cell + right, channel: channel))
            }
        }
        return patches
    }
}
