import Glibc

/// Constants of 8 × 8 blocks and the loops over one of them: eight vectors, one per row.
enum Block {
    typealias Row = SIMD8<Float>
    typealias Rows = UnsafeMutablePointer<Row>

    static let side = 8

    /// The row of eight pixels that begins at `pixels`.
    @inline(__always) static func row(_ pixels: UnsafePointer<Float>) -> Row {
        UnsafeRawPointer(pixels).loadUnaligned(as: Row.self)
    }

    /// Copies the block at `pixels` of a plane whose rows are `width` apart.
    @inline(__always) static func load(
        _ pixels: UnsafePointer<Float>, width: Int, into block: Rows
    ) {
        for line in 0..<side { block[line] = row(pixels + line * width) }
    }

    /// The sum of squared differences of two blocks of one plane; once above `limit` any number
    /// above it.
    @inline(__always) static func distance(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, width: Int, limit: Float
    ) -> Float {
        var sum = Row.zero
        for line in 0..<4 {
            let difference = row(a + line * width) - row(b + line * width)
            sum += difference * difference
        }
        if sum.sum() > limit { return .infinity }
        for line in 4..<8 {
            let difference = row(a + line * width) - row(b + line * width)
            sum += difference * difference
        }
        return sum.sum()
    }

    /// Weights that fall towards the border of a block, so that blocks blend.
    ///
    /// A Kaiser window with parameter 2.
    static let window: [Row] = {
        let line = (0..<side).map { place -> Double in
            let x = 2 * Double(place) / Double(side - 1) - 1
            return bessel(2 * (1 - x * x).squareRoot()) / bessel(2)
        }
        return line.map { height in
            var row = Row.zero
            for place in 0..<side { row[place] = Float(height * line[place]) }
            return row
        }
    }()

    /// The modified Bessel function of order 0.
    private static func bessel(_ x: Double) -> Double {
        var (sum, term) = (1.0, 1.0)
        for k in 1..<20 {
            term *= (x / 2) * (x / 2) / Double(k * k)
            sum += term
        }
        return sum
    }
}
