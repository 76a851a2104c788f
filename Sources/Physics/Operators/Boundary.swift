/// What is assumed beyond the edge of a picture.
package enum Boundary: Sendable, CaseIterable {
    /// d c b a | a b c d | d c b a, SciPy's `reflect`.
    case reflect
    /// a b c d | a b c d | a b c d, SciPy's `wrap`.
    case circular
    /// 0 0 0 0 | a b c d | 0 0 0 0, SciPy's `constant`.
    case zero

    /// The pixel of a line of `length` that stands at `index`, which may be far outside; nil for 0.
    func source(of index: Int, length: Int) -> Int? {
        switch self {
        case .reflect:
            let place = wrapped(index, 2 * length)
            return place < length ? place : 2 * length - 1 - place
        case .circular: return wrapped(index, length)
        case .zero: return (0..<length).contains(index) ? index : nil
        }
    }

    private func wrapped(_ index: Int, _ period: Int) -> Int {
        let rest = index % period
        return rest < 0 ? rest + period : rest
    }

    /// The matrix `[length, length]` that convolves a line with `weights`, of odd number.
    func convolution(_ weights: [Double], length: Int) -> [Double] {
        let reach = weights.count / 2
        var matrix = [Double](repeating: 0, count: length * length)
        for row in 0..<length {
            for (tap, weight) in weights.enumerated() {
                // A convolution: the weights are mirrored.
                guard let source = source(of: row + reach - tap, length: length) else { continue }
                matrix[row * length + source] += weight
            }
        }
        return matrix
    }

    /// The matrix `[length + 2 · reach, length]` that continues a line on both sides.
    func continuation(by reach: Int, length: Int) -> [Double] {
        let rows = length + 2 * reach
        var matrix = [Double](repeating: 0, count: rows * length)
        for row in 0..<rows {
            guard let source = source(of: row - reach, length: length) else { continue }
            matrix[row * length + source] = 1
        }
        return matrix
    }
}
