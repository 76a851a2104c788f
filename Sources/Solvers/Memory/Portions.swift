import Synchronization
import Tensors

/// How many samples are worked on together, which become fewer where memory runs out.
///
/// Samples do not influence each other: what is found is the same, to rounding, in whatever portions.
final class Portions: Sendable {
    private let largest: Mutex<Int>

    /// Portions of at most `size` samples to begin with.
    init(of size: Int) {
        largest = Mutex(max(size, 1))
    }

    /// The most samples of a portion from now on.
    var size: Int { largest.withLock { $0 } }

    /// What `work` makes of consecutive portions of `0..<count`, in their order.
    ///
    /// A portion for which memory does not suffice is worked on again as halves.
    ///
    /// - Throws: what `work` throws, a lack of memory only where it is one for a single sample.
    func map<Value>(_ count: Int, _ work: (Range<Int>) throws -> Value) throws -> [Value] {
        try reduce(count, by: +) { [try work($0)] }
    }

    /// What `join` makes of all that `work` makes, two values at a time.
    ///
    /// - Throws: what `join` and `work` throw, as `map` does.
    func reduce<Value>(
        _ count: Int, by join: (Value, Value) throws -> Value,
        _ work: (Range<Int>) throws -> Value
    ) throws -> Value {
        precondition(count > 0, "there is something to work on")
        var (value, end) = try next(from: 0, of: count, work)
        while end < count {
            let more = try next(from: end, of: count, work)
            (value, end) = (try join(value, more.value), more.end)
        }
        return value
    }

    /// What `work`, which looks at `size`, makes of `count` samples, with smaller portions where memory
    /// does not suffice.
    ///
    /// - Throws: what `work` throws, a lack of memory only where it is one for a single sample.
    func fitted<Value>(_ count: Int, _ work: () throws -> Value) throws -> Value {
        while true {
            do {
                return try work()
            } catch {
                guard halve(min(size, count), after: error) else { throw error }
            }
        }
    }

    /// The next portion: as few as there have to be, of nearly equal size.
    private func next<Value>(
        from first: Int, of count: Int, _ work: (Range<Int>) throws -> Value
    ) throws -> (value: Value, end: Int) {
        while true {
            let rest = count - first
            let portions = (rest + size - 1) / size
            let end = first + (rest + portions - 1) / portions
            do {
                return (try work(first..<end), end)
            } catch {
                guard halve(end - first, after: error) else { throw error }
            }
        }
    }

    /// Makes portions half as large as `count`, which were too many.
    ///
    /// - Returns: false when `error` is no lack of memory, or one sample was too much already.
    func halve(_ count: Int, after error: any Error) -> Bool {
        guard error.isMemoryShortage, count > 1 else { return false }
        largest.withLock { $0 = min($0, (count + 1) / 2) }
        return true
    }
}
