/// How long things took: how many took at most so many seconds, and all together.
package struct Histogram: Equatable, Sendable {
    /// The upper bounds, in seconds; longer ones are counted too.
    package static let bounds: [Double] = [
        0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800, 7200, 43200,
    ]

    /// How many took at most as long as the bound of the same index.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count)
    package private(set) var count = 0
    package private(set) var sum = 0.0

    package init() {}

    package mutating func add(_ duration: Duration) {
        let seconds = max(0, duration / .seconds(1))
        count += 1
        sum += seconds
        for (index, bound) in Self.bounds.enumerated() where seconds <= bound {
            counts[index] += 1
        }
    }
}
