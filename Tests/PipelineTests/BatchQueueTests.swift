import Pipeline
import Tensors
import Testing

@Suite struct BatchQueueTests {
    private let shortage = TorchError(operation: "sum", message: "not enough memory")

    private func all(_ queue: BatchQueue) -> [[BatchPart]] {
        var queue = queue
        var batches: [[BatchPart]] = []
        while let batch = queue.next() { batches.append(batch) }
        return batches
    }

    /// Every picture once, in order, at places that follow each other.
    private func check(_ batches: [[BatchPart]], _ counts: [Int], atMost size: Int) {
        var seen = counts.map { _ in 0 }
        for batch in batches {
            var place = 0
            for part in batch {
                #expect(part.places == place..<place + part.range.count)
                #expect(part.range.lowerBound == seen[part.job])
                seen[part.job] = part.range.upperBound
                place = part.places.upperBound
            }
            #expect((1...size).contains(place))
        }
        #expect(seen == counts)
    }

    @Test(arguments: [[1], [7], [3, 0, 9, 1], [4, 4], [20, 1]], 1...5)
    func `batches hold every picture once`(_ counts: [Int], _ size: Int) {
        let batches = all(BatchQueue(counts: counts, size: size))
        check(batches, counts, atMost: size)
        #expect(batches.count == (counts.reduce(0, +) + size - 1) / size)
    }

    @Test(arguments: [[7], [3, 9, 1], [4, 4], [20, 1]], [2, 5, 8])
    func `what memory does not suffice for comes again in halves`(_ counts: [Int], _ size: Int) {
        var queue = BatchQueue(counts: counts, size: size)
        guard let first = queue.next() else { return }
        let isHalved = queue.halve(first, after: shortage)
        #expect(isHalved)
        let half = ((first.last?.places.upperBound ?? 0) + 1) / 2
        #expect(queue.largest == half)
        check(all(queue), counts, atMost: half)
    }

    @Test func `for another reason nothing is halved`() {
        var queue = BatchQueue(counts: [6], size: 4)
        let first = queue.next() ?? []
        let other = TorchError(operation: "sum", message: "shapes differ")
        let isHalved = queue.halve(first, after: other)
        #expect(!isHalved)
        #expect(all(queue).count == 1)
    }

    @Test func `one picture cannot be halved`() {
        var queue = BatchQueue(counts: [3], size: 1)
        let first = queue.next() ?? []
        let isHalved = queue.halve(first, after: shortage)
        #expect(!isHalved)
        #expect(all(queue).count == 2)
    }

    @Test func `batches are full where there is room, and never empty`() {
        let numbers = 3 * 64 * 64
        #expect(BatchQueue.size(numbers: numbers, freeBytes: nil) == 32)
        #expect(BatchQueue.size(numbers: numbers, freeBytes: 8 << 30) == 32)
        #expect(BatchQueue.size(numbers: numbers, freeBytes: 1 << 30) == 10)
        #expect(BatchQueue.size(numbers: numbers, freeBytes: 0) == 1)
        #expect(BatchQueue.size(numbers: 784, freeBytes: 8 << 30) == 64)
        #expect(BatchQueue.size(numbers: 1 << 20, freeBytes: nil) == 1)
    }
}
