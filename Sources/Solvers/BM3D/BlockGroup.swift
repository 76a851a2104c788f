/// Similar blocks of one channel, one upon the other, and their three-dimensional transform.
///
/// It owns the memory of its blocks, which is released with it.
final class BlockGroup {
    private let rows: UnsafeMutablePointer<Block.Row>
    private(set) var count = 0

    /// A group with room for `capacity` blocks.
    init(capacity: Int) {
        rows = .allocate(capacity: capacity * Block.side)
        rows.initialize(repeating: .zero, count: capacity * Block.side)
    }

    deinit { rows.deallocate() }

    /// The rows of the block `index`.
    @inline(__always) func block(_ index: Int) -> Block.Rows { rows + index * Block.side }

    /// Loads blocks and transforms them together.
    func load(
        _ matches: [BlockSearch.Match], of plane: UnsafePointer<Float>, width: Int,
        _ transform: BlockTransform
    ) {
        count = matches.count
        for (index, match) in matches.enumerated() {
            let target = block(index)
            Block.load(plane + match.row * width + match.column, width: width, into: target)
            transform.apply(target)
        }
        var step = 1
        while step < count {
            mix(step)
            step *= 2
        }
    }

    /// Turns coefficients back into blocks.
    func restore(_ transform: BlockTransform) {
        var step = count / 2
        while step > 0 {
            mix(step)
            step /= 2
        }
        for index in 0..<count { transform.invert(block(index)) }
    }

    /// One level of Haar's transform across blocks, which is its own inverse: sums stay, differences
    /// are `step` further.
    private func mix(_ step: Int) {
        let half = Float(0.5).squareRoot()
        for index in stride(from: 0, to: count, by: 2 * step) {
            let (first, second) = (block(index), block(index + step))
            for line in 0..<Block.side {
                let (a, b) = (first[line], second[line])
                first[line] = (a + b) * half
                second[line] = (a - b) * half
            }
        }
    }

    /// Drops coefficients whose magnitude is below `limit`.
    ///
    /// - Returns: the number of those that remain.
    func drop(below limit: Float) -> Float {
        var kept = Block.Row.zero
        for place in 0..<count * Block.side {
            let value = rows[place]
            let isSmall = (value * value) .< limit * limit
            rows[place] = value.replacing(with: 0, where: isSmall)
            kept += Block.Row(repeating: 1).replacing(with: 0, where: isSmall)
        }
        return kept.sum()
    }

    /// Weighs coefficients by s² / (s² + σ²), s those of `signal`.
    ///
    /// - Returns: the sum of the squared weights.
    func weigh(by signal: BlockGroup, variance: Float) -> Float {
        var total = Block.Row.zero
        for place in 0..<count * Block.side {
            let power = signal.rows[place] * signal.rows[place]
            let weight = power / (power + variance)
            rows[place] *= weight
            total += weight * weight
        }
        return total.sum()
    }
}
