import Jobs
import Physics
import Tensors

/// Keeps the operator that was used last: jobs that measure in the same way share a random matrix,
/// which takes as long to draw as many products with it, and as much memory for each copy.
struct OperatorShelf {
    private struct Place: Equatable {
        let steps: [ForwardSpec]
        let imageShape: [Int]
        let device: Device
    }

    private var kept: (place: Place, forward: any ForwardOperator)?

    /// The operator of `steps` for pictures of `imageShape`, from memory when it is the last one and
    /// no file is in it, which may have changed.
    ///
    /// - Throws: what `[ForwardSpec].forwardOperator` throws.
    mutating func forwardOperator(
        _ steps: [ForwardSpec], for imageShape: [Int], files: OperatorFiles
    ) throws -> any ForwardOperator {
        // An outline is no operator, and nothing that is worth keeping.
        if files.isOutline { return try steps.forwardOperator(for: imageShape, files: files) }
        let place = Place(steps: steps, imageShape: imageShape, device: files.device)
        if let kept, kept.place == place { return kept.forward }
        // Two large ones at a time would need twice the memory.
        kept = nil
        let forward = try steps.forwardOperator(for: imageShape, files: files)
        if steps.allSatisfy(\.files.isEmpty) { kept = (place, forward) }
        return forward
    }
}
