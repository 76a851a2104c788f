import Tensors

/// Numbers that stand for a picture when chains are compared: sums with random signs over blocks of
/// several sizes.
struct ChainSummaries {
    /// `[pixels, summary]`.
    private let patterns: Tensor
    /// Of every summary, every chain's numbers so far.
    private var histories: [[[Double]]]

    private static let perSize = 2

    /// Summaries of the pictures of `chains` chains like `picture`, `[chain, channel, height, width]`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(like picture: Tensor, random: inout Generator) throws(TorchError) {
        let shape = picture.shape
        let side = max(shape[2], shape[3])
        let sizes = [side, max(side / 4, 1), max(side / 16, 1), 1]
        var columns: [[Double]] = []
        for size in sizes {
            for _ in 0..<Self.perSize {
                columns.append(Self.pattern(shape, block: size, &random))
            }
        }
        let pixels = shape[1] * shape[2] * shape[3]
        patterns = try Tensor(columns.flatMap { $0 }, shape: [columns.count, pixels])
            .transposed().converted(to: picture.dataType()).moved(to: picture.device())
        histories = Array(
            repeating: Array(repeating: [], count: shape[0]), count: columns.count)
    }

    /// Signs, the same within a block.
    private static func pattern(
        _ shape: [Int], block: Int, _ random: inout Generator
    ) -> [Double] {
        let (rows, columns) = ((shape[2] + block - 1) / block, (shape[3] + block - 1) / block)
        let signs = (0..<shape[1] * rows * columns).map { _ in
            Bool.random(using: &random) ? 1.0 : -1
        }
        var pattern: [Double] = []
        for channel in 0..<shape[1] {
            for row in 0..<shape[2] {
                for column in 0..<shape[3] {
                    let place = (channel * rows + row / block) * columns + column / block
                    pattern.append(signs[place])
                }
            }
        }
        return pattern
    }

    /// Notes where the chains are.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    mutating func add(_ picture: Tensor) throws(TorchError) {
        let numbers = try picture.reshaped(to: [picture.shape[0], -1]).matrixProduct(patterns)
            .transposed().doubles()
        let chains = picture.shape[0]
        for (index, number) in numbers.enumerated() {
            histories[index / chains][index % chains].append(number)
        }
    }

    /// The worst of all summaries: the smallest effective size, and the largest R̂.
    var diagnosis: (effectiveSize: Double, scaleReduction: Double) {
        let all = histories.compactMap(ChainDiagnosis.init)
        return (
            all.map(\.effectiveSize).min() ?? 1, all.map(\.scaleReduction).max() ?? .infinity
        )
    }
}
