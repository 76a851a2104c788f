/// The results whose hooks are still to be run, each once and in their order.
///
/// Every step takes the same time however many wait, such as 100,000 behind a slow hook.
package struct HookQueue: Sendable {
    private var results: [String] = []
    /// Where in `results` those begin that are still to come.
    private var first = 0
    /// Those that are still to come, and the one that is running.
    private var known: Set<String> = []
    private var running: String?

    package init() {}

    package var isEmpty: Bool { known.isEmpty }

    /// How many are still to come, or running.
    package var count: Int { known.count }

    /// Adds a result, unless it is here already.
    package mutating func add(_ result: String) {
        if known.insert(result).inserted { results.append(result) }
    }

    /// Begins the next one; nil when one is running, or none is left.
    package mutating func begin() -> String? {
        guard running == nil, first < results.count else { return nil }
        let next = results[first]
        running = next
        first += 1
        // Half of what is moved has never been moved before.
        if first > results.count / 2 {
            results.removeFirst(first)
            first = 0
        }
        return next
    }

    /// The one that is running has ended.
    package mutating func end() {
        if let running { known.remove(running) }
        running = nil
    }
}
