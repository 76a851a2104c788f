import Solvers
import Tensors

/// The batches of some jobs, one job after the other, which become smaller when memory is short.
package struct BatchQueue: Sendable {
    private var batches: [[BatchPart]] = []
    /// The most pictures of a batch from now on.
    package private(set) var largest: Int

    /// How many pictures are solved together: as many as make a machine busy, and no more than half
    /// of the free memory holds.
    ///
    /// - Parameters:
    ///   - numbers: of one picture, channels × height × width.
    ///   - freeBytes: nil when nobody knows.
    /// - Returns: at least 1.
    package static func size(numbers: Int, freeBytes: Int?) -> Int {
        let full = max(1, min(64, 400_000 / max(numbers, 1)))
        return SampleRoom { freeBytes }.samples(numbers: numbers, atMost: full)
    }

    /// Batches of `size` pictures of jobs with `counts` pictures.
    package init(counts: [Int], size: Int) {
        largest = size
        var batch: [BatchPart] = []
        for (job, count) in counts.enumerated() {
            var next = 0
            while next < count {
                let filled = batch.last?.places.upperBound ?? 0
                let taken = min(count - next, size - filled)
                batch.append(
                    BatchPart(
                        job: job, range: next..<next + taken, places: filled..<filled + taken))
                next += taken
                guard filled + taken == size else { continue }
                batches.append(batch)
                batch = []
            }
        }
        if !batch.isEmpty { batches.append(batch) }
    }

    /// The next batch, nil at the end.
    package mutating func next() -> [BatchPart]? {
        batches.isEmpty ? nil : batches.removeFirst()
    }

    /// Puts back `batch`, and all that follow, as halves of its size when memory did not suffice.
    ///
    /// - Parameters:
    ///   - batch: what could not be solved.
    ///   - error: why.
    /// - Returns: false when the reason is another, or one picture was too much already.
    package mutating func halve(_ batch: [BatchPart], after error: any Error) -> Bool {
        let count = batch.last?.places.upperBound ?? 0
        guard error.isMemoryShortage, count > 1 else { return false }
        largest = (count + 1) / 2
        batches = ([batch] + batches).flatMap { pieces(of: $0) }
        return true
    }

    /// A batch in pieces of at most `largest` pictures.
    private func pieces(of batch: [BatchPart]) -> [[BatchPart]] {
        let count = batch.last?.places.upperBound ?? 0
        return stride(from: 0, to: count, by: largest).map { start in
            let piece = start..<min(start + largest, count)
            return batch.compactMap { part in
                let places = part.places.clamped(to: piece)
                guard !places.isEmpty else { return nil }
                let first = part.range.lowerBound + places.lowerBound - part.places.lowerBound
                return BatchPart(
                    job: part.job, range: first..<first + places.count,
                    places: places.lowerBound - start..<places.upperBound - start)
            }
        }
    }
}
