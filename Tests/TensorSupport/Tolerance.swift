import Glibc

/// How far two numbers may be apart: `absolute`, plus `relative` times the largest expected.
package struct Tolerance: Sendable, Equatable {
    package let absolute: Double
    package let relative: Double

    package init(absolute: Double = 0, relative: Double = 0) {
        self.absolute = absolute
        self.relative = relative
    }

    /// The same bits.
    package static let exact = Tolerance()

    /// What references in double precision promise.
    package static let reference = Tolerance(absolute: 1e-10, relative: 1e-10)

    /// A few roundings in single precision of sums of `count` terms.
    package static func float32(accumulating count: Int = 1) -> Tolerance {
        Tolerance(relative: 8 * 0x1p-24 * Double(max(count, 1)).squareRoot())
    }

    /// A few roundings in double precision of sums of `count` terms.
    package static func float64(accumulating count: Int = 1) -> Tolerance {
        Tolerance(relative: 8 * 0x1p-53 * Double(max(count, 1)).squareRoot())
    }

    /// The largest allowed difference from the numbers `expected`.
    func margin(for expected: [Double]) -> Double {
        let largest = expected.lazy.filter(\.isFinite).map { abs($0) }.max() ?? 0
        return absolute + relative * largest
    }
}
