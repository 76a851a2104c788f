/// Weighted sums of overlapping blocks over some rows of a picture.
struct Patchwork: Sendable {
    /// The rows of the picture that it covers.
    let rows: Range<Int>
    private let width: Int
    private(set) var sums: [Float]
    private(set) var weights: [Float]

    init(rows: Range<Int>, width: Int) {
        self.rows = rows
        self.width = width
        sums = Array(repeating: 0, count: rows.count * width)
        weights = sums
    }

    /// Adds blocks where they were found, all with the same weight.
    mutating func add(_ group: BlockGroup, at matches: [BlockSearch.Match], weight: Float) {
        let first = rows.lowerBound
        let width = width
        sums.withUnsafeMutableBufferPointer { sums in
            weights.withUnsafeMutableBufferPointer { weights in
                guard let sum = sums.baseAddress, let total = weights.baseAddress else { return }
                for (index, match) in matches.enumerated() {
                    let block = group.block(index)
                    let start = (match.row - first) * width + match.column
                    for line in 0..<Block.side {
                        let share = Block.window[line] * weight
                        Self.add(share * block[line], to: sum + start + line * width)
                        Self.add(share, to: total + start + line * width)
                    }
                }
            }
        }
    }

    @inline(__always) private static func add(
        _ row: Block.Row, to pixels: UnsafeMutablePointer<Float>
    ) {
        UnsafeMutableRawPointer(pixels).storeBytes(
            of: Block.row(UnsafePointer(pixels)) + row, as: Block.Row.self)
    }

    /// The picture of `height` rows that pieces make together; they are added in their order.
    static func joined(_ pieces: [Patchwork], height: Int, width: Int) -> [Float] {
        var whole = Patchwork(rows: 0..<height, width: width)
        for piece in pieces {
            let start = piece.rows.lowerBound * width
            for index in piece.sums.indices {
                whole.sums[start + index] += piece.sums[index]
                whole.weights[start + index] += piece.weights[index]
            }
        }
        return zip(whole.sums, whole.weights).map { $0 / $1 }
    }
}
