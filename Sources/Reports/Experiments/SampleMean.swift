/// The mean of a sample and how sure it is.
struct SampleMean: Equatable {
    let mean: Double
    /// The standard deviation of the sample over √n; nil for a single number.
    let standardError: Double?
    /// How many numbers there are.
    let count: Int

    /// The mean of those of `values` that are finite; nil when none is.
    init?(_ values: [Double]) {
        let values = values.filter(\.isFinite)
        guard !values.isEmpty else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        self.mean = mean
        self.count = values.count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardError = values.count > 1 ? (squares / (count - 1) / count).squareRoot() : nil
    }
}
