/// Resizes lines of samples, first along rows and then along columns.
struct Resampler<Value: ResampledSample> {
    let plan: ResamplingWeights
    let weights: [Value.Accumulator]

    init(_ plan: ResamplingWeights) {
        self.plan = plan
        weights = plan.weights.map(Value.scaled)
    }

    /// `samples`, `[rows, inputLength, channels]`, with every row resized.
    func resizingRows(_ samples: [Value], rows: Int, channels: Int) -> [Value] {
        let size = plan.outputLength * channels
        return [Value](unsafeUninitializedCapacity: rows * size) { result, initialized in
            samples.withUnsafeBufferPointer { source in
                for row in 0..<rows {
                    let line = source[(row * plan.inputLength * channels)...]
                    resizeRow(
                        UnsafeBufferPointer(rebasing: line), channels: channels,
                        into: UnsafeMutableBufferPointer(rebasing: result[(row * size)...]))
                }
            }
            initialized = rows * size
        }
    }

    private func resizeRow(
        _ source: UnsafeBufferPointer<Value>, channels: Int,
        into result: UnsafeMutableBufferPointer<Value>
    ) {
        weights.withUnsafeBufferPointer { weights in
            for output in 0..<plan.outputLength {
                let start = plan.starts[output]
                let line = UnsafeBufferPointer(rebasing: source[(start * channels)...])
                let first = output * plan.taps
                let window = UnsafeBufferPointer(
                    rebasing: weights[first..<first + plan.counts[output]])
                if channels == 3 {
                    let sums = Self.sums(line, window)
                    result[3 &* output] = Value.settled(sums.0)
                    result[3 &* output &+ 1] = Value.settled(sums.1)
                    result[3 &* output &+ 2] = Value.settled(sums.2)
                } else {
                    result[output] = Value.settled(Self.sum(line, window))
                }
            }
        }
    }

    /// The weighted sum of gray pixels.
    private static func sum(
        _ line: UnsafeBufferPointer<Value>, _ window: UnsafeBufferPointer<Value.Accumulator>
    ) -> Value.Accumulator {
        var sum = Value.bias
        for tap in 0..<window.count {
            sum = Value.adding(line[tap], times: window[tap], to: sum)
        }
        return sum
    }

    /// The weighted sums of RGB pixels; all three at once, because loading costs most.
    private static func sums(
        _ line: UnsafeBufferPointer<Value>, _ window: UnsafeBufferPointer<Value.Accumulator>
    ) -> (Value.Accumulator, Value.Accumulator, Value.Accumulator) {
        var sums = (Value.bias, Value.bias, Value.bias)
        for tap in 0..<window.count {
            let (pixel, weight) = (3 &* tap, window[tap])
            sums.0 = Value.adding(line[pixel], times: weight, to: sums.0)
            sums.1 = Value.adding(line[pixel &+ 1], times: weight, to: sums.1)
            sums.2 = Value.adding(line[pixel &+ 2], times: weight, to: sums.2)
        }
        return sums
    }

    /// `samples`, `[inputLength, width]`, with every column resized; `width` counts samples.
    func resizingColumns(_ samples: [Value], width: Int) -> [Value] {
        let size = plan.outputLength * width
        return [Value](unsafeUninitializedCapacity: size) { result, initialized in
            var sums = [Value.Accumulator](repeating: Value.bias, count: width)
            samples.withUnsafeBufferPointer { source in
                sums.withUnsafeMutableBufferPointer { sums in
                    for output in 0..<plan.outputLength {
                        sumColumns(source, output: output, into: sums)
                        for x in 0..<width {
                            result[output &* width &+ x] = Value.settled(sums[x])
                        }
                    }
                }
            }
            initialized = size
        }
    }

    /// A whole row at a time, because memory is then read in order.
    private func sumColumns(
        _ source: UnsafeBufferPointer<Value>, output: Int,
        into sums: UnsafeMutableBufferPointer<Value.Accumulator>
    ) {
        let width = sums.count
        sums.update(repeating: Value.bias)
        for tap in 0..<plan.counts[output] {
            let weight = weights[output * plan.taps + tap]
            let row = (plan.starts[output] + tap) * width
            for x in 0..<width {
                sums[x] = Value.adding(source[row &+ x], times: weight, to: sums[x])
            }
        }
    }
}
