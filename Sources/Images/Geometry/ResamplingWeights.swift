/// The weights that turn a line of pixels into a longer or shorter one.
///
/// Output pixel `i` is the sum of `weights[i * taps + k]` · input pixel `starts[i] + k` over
/// `k < counts[i]`; the weights of one output pixel add up to 1.
package struct ResamplingWeights: Sendable {
    package let inputLength: Int
    package let outputLength: Int
    /// The room for the weights of one output pixel.
    package let taps: Int
    package let starts: [Int]
    package let counts: [Int]
    package let weights: [Double]

    /// The weights for lines of positive length.
    package init(from inputLength: Int, to outputLength: Int, filter: ResizeFilter) {
        precondition(inputLength > 0 && outputLength > 0, "lines have at least one pixel")
        let scale = Double(inputLength) / Double(outputLength)
        let stretch = max(scale, 1)
        let support = filter.support * stretch
        let taps = min(Int(support.rounded(.up)) * 2 + 1, inputLength)
        var starts: [Int] = []
        var counts: [Int] = []
        var weights = [Double](repeating: 0, count: taps * outputLength)
        for output in 0..<outputLength {
            let center = (Double(output) + 0.5) * scale
            let start = max(Int(center - support + 0.5), 0)
            let end = min(Int(center + support + 0.5), inputLength)
            let line = (start..<end).map { filter.value(at: (Double($0) - center + 0.5) / stretch) }
            let sum = line.reduce(0, +)
            for (tap, weight) in line.enumerated() {
                weights[output * taps + tap] = sum == 0 ? weight : weight / sum
            }
            starts.append(start)
            counts.append(end - start)
        }
        self.inputLength = inputLength
        self.outputLength = outputLength
        self.taps = taps
        self.starts = starts
        self.counts = counts
        self.weights = weights
    }
}
