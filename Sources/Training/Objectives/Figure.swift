/// A number by which a training is watched.
package struct Figure: Sendable, Equatable {
    /// What it is counted in.
    package let unit: String
    /// Its column in the log.
    package let column: String
    /// Whether more is better.
    package let isGain: Bool

    init(unit: String, column: String, isGain: Bool = false) {
        self.unit = unit
        self.column = column
        self.isGain = isGain
    }

    /// Whether `value` is better than `other`.
    package func isBetter(_ value: Double, than other: Double) -> Bool {
        isGain ? value > other : value < other
    }
}
