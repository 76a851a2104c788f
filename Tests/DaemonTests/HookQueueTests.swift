import Daemon
import Testing

@Suite struct HookQueueTests {
    @Test func `results come in their order, one at a time`() {
        var queue = HookQueue()
        for result in ["b", "a", "c"] { queue.add(result) }
        var order: [String] = []
        while let next = queue.begin() {
            let second = queue.begin()
            #expect(second == nil)
            order.append(next)
            queue.end()
        }
        #expect(order == ["b", "a", "c"])
        #expect(queue.isEmpty)
    }

    @Test func `a result that waits or is running is not added again`() {
        var queue = HookQueue()
        queue.add("a")
        queue.add("a")
        let first = queue.begin()
        queue.add("a")
        #expect((first, queue.count) == ("a", 1))
        queue.end()
        let none = queue.begin()
        queue.add("a")
        let again = queue.begin()
        #expect((none, again) == (nil, "a"))
    }

    @Test(.timeLimit(.minutes(1))) func `a hundred thousand that wait make no step slow`() {
        var queue = HookQueue()
        for number in 0..<100_000 { queue.add("job--\(number)") }
        var isInOrder = true
        for number in 0..<100_000 {
            isInOrder = queue.begin() == "job--\(number)" && isInOrder
            queue.add("later--\(number)")
            queue.end()
        }
        #expect(isInOrder)
        #expect(queue.count == 100_000)
    }
}
