import Glibc

/// Draws the same numbers as NumPy's legacy `RandomState`, which published experiments used to
/// choose their pictures.
///
/// <https://numpy.org/doc/stable/reference/random/legacy.html>
package struct NumPyRandom: Sendable {
    private var bits: MersenneTwister
    /// The second number of a Gaussian pair, not yet handed out.
    private var spareGaussian: Double?

    /// `RandomState(seed)`.
    ///
    /// NumPy's seeds end at 2³² − 1; larger ones are the array of their lower and upper half.
    package init(seed: UInt64) {
        if let narrow = UInt32(exactly: seed) {
            bits = MersenneTwister(seed: narrow)
        } else {
            bits = MersenneTwister(key: [UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)])
        }
    }

    /// `RandomState([…])`, for an array that is not empty.
    package init(key: [UInt32]) {
        bits = MersenneTwister(key: key)
    }

    /// The next 32 bits.
    package mutating func nextUInt32() -> UInt32 { bits.next() }

    /// `random_sample()`: uniform in [0, 1).
    package mutating func randomSample() -> Double {
        let upper = Double(bits.next() >> 5)
        let lower = Double(bits.next() >> 6)
        return (upper * 67_108_864 + lower) / 9_007_199_254_740_992
    }

    /// `randn()`: standard normal, by the polar method.
    package mutating func randn() -> Double {
        if let spare = spareGaussian {
            spareGaussian = nil
            return spare
        }
        while true {
            let x = 2 * randomSample() - 1
            let y = 2 * randomSample() - 1
            let square = x * x + y * y
            guard square < 1, square != 0 else { continue }
            let factor = (-2 * log(square) / square).squareRoot()
            spareGaussian = factor * x
            return factor * y
        }
    }

    /// `randint(low, high)`: uniform among the integers of a range that is not empty.
    package mutating func randint(_ range: Range<Int>) -> Int {
        let width = UInt64(bitPattern: Int64(range.upperBound &- 1 &- range.lowerBound))
        return range.lowerBound &+ Int(truncatingIfNeeded: interval(upTo: width))
    }

    /// `randint(lower, upper + 1, count, dtype=uint8)`, which takes four numbers from each draw.
    package mutating func randint(_ range: ClosedRange<UInt8>, count: Int) -> [UInt8] {
        let width = range.upperBound - range.lowerBound
        guard width > 0 else { return [UInt8](repeating: range.lowerBound, count: count) }
        let mask = UInt8.max >> UInt8(width.leadingZeroBitCount)
        var buffer: UInt32 = 0
        var available = 0
        return (0..<count).map { _ in
            while true {
                buffer = available == 0 ? bits.next() : buffer >> 8
                available = available == 0 ? 3 : available - 1
                let value = UInt8(truncatingIfNeeded: buffer) & mask
                if value <= width { return range.lowerBound + value }
            }
        }
    }

    /// `shuffle(elements)`.
    package mutating func shuffle<Element>(_ elements: inout [Element]) {
        for i in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(i, Int(interval(upTo: UInt64(i))))
        }
    }

    /// `permutation(count)`: the numbers from 0 in random order.
    package mutating func permutation(_ count: Int) -> [Int] {
        var numbers = Array(0..<count)
        shuffle(&numbers)
        return numbers
    }

    /// `choice(count, size, replace=False)`, where `size` is at most `count`.
    package mutating func choiceWithoutReplacement(_ count: Int, size: Int) -> [Int] {
        precondition(size <= count, "\(size) different numbers among \(count)")
        return Array(permutation(count).prefix(size))
    }

    /// `choice(count, size)`, for a positive `count`.
    package mutating func choiceWithReplacement(_ count: Int, size: Int) -> [Int] {
        (0..<size).map { _ in randint(0..<count) }
    }

    /// Uniform from 0 through `maximum`: bits are drawn until they fit.
    private mutating func interval(upTo maximum: UInt64) -> UInt64 {
        guard maximum > 0 else { return 0 }
        let mask = UInt64.max >> UInt64(maximum.leadingZeroBitCount)
        while true {
            let value = (maximum <= UInt32.max ? UInt64(bits.next()) : next64()) & mask
            if value <= maximum { return value }
        }
    }

    private mutating func next64() -> UInt64 {
        let upper = UInt64(bits.next())
        return upper << 32 | UInt64(bits.next())
    }
}
