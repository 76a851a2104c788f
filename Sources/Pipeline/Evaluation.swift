import Glibc
import Images
import Physics
import Reports
import Solvers
import Tensors

/// Compares results with the truth, which solvers never see.
struct Evaluation {
    /// `[batch, channel, height, width]`.
    let truth: Tensor
    /// 1 where patches of noise lie, 0 elsewhere, like `truth`; nil when noise is everywhere.
    private let covered: Tensor?
    /// The noise that was added, like the measurement; nil where none was, or it is no picture.
    let noise: Tensor?
    /// 1 where patches lie, like `noise`.
    private let coveredNoise: Tensor?

    /// - Throws: `TorchError` when memory is short.
    init(
        truth: Tensor, noise: Tensor?, patches: [[NoisePatch]]?, patchSize: [Int]
    ) throws(TorchError) {
        self.truth = truth
        self.noise = noise
        coveredNoise = try patches.flatMap { (lists) throws(TorchError) in
            try noise.map { (noise) throws(TorchError) in
                try Self.mask(lists, patchSize, like: noise)
            }
        }
        covered = try patches.map { (lists) throws(TorchError) in
            try Self.mask(lists, patchSize, like: truth)
        }
    }

    /// The peak signal-to-noise ratio of every picture, clipped to [0, 1], in dB.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    func psnr(_ pictures: Tensor) throws(TorchError) -> [Double] {
        try (pictures.clamped(0, 1) - truth).square().mean(over: [1, 2, 3]).doubles()
            .map { -10 * log10($0) }
    }

    /// The same over the pixels that patches of noise cover.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    func coveredPSNR(_ pictures: Tensor) throws(TorchError) -> [Double]? {
        guard let covered else { return nil }
        let errors = try ((pictures.clamped(0, 1) - truth).square() * covered).sumPerSample()
        return try (errors / covered.sumPerSample()).doubles().map { -10 * log10($0) }
    }

    /// How near noise is to what was added, with 1 as the peak, in dB; over the pixels that patches
    /// cover where there are patches.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    func noisePSNR(_ estimate: Tensor) throws(TorchError) -> [Double]? {
        guard let noise else { return nil }
        let square = try (estimate - noise).square()
        guard let coveredNoise else {
            return try square.mean(over: [1, 2, 3]).doubles().map { -10 * log10($0) }
        }
        return try ((square * coveredNoise).sumPerSample() / coveredNoise.sumPerSample())
            .doubles()
            .map { -10 * log10($0) }
    }

    /// Every number about restored pictures.
    ///
    /// - Parameters:
    ///   - restored: the pictures.
    ///   - input: A⁺y where that is a picture.
    ///   - noise: what was taken out of the measurement.
    /// - Returns: one for every picture.
    /// - Throws: `TorchError`, or `ImageError` when the shapes differ.
    func scores(of restored: Tensor, input: Tensor?, noise: Tensor) throws -> [Score] {
        let psnrNoise = try noisePSNR(noise)
        let psnr = try psnr(restored)
        let psnrInput = try input.map { try self.psnr($0) }
        let psnrCovered = try coveredPSNR(restored)
        let psnrInputCovered = try input.flatMap { try coveredPSNR($0) }
        return try psnr.indices.map { index in
            Score(
                psnr: psnr[index], ssim: try ssim(restored, index), psnrInput: psnrInput?[index],
                psnrCovered: psnrCovered?[index], psnrInputCovered: psnrInputCovered?[index],
                psnrNoise: psnrNoise?[index])
        }
    }

    private func ssim(_ restored: Tensor, _ index: Int) throws -> Double {
        let shape = truth.shape
        // The window of SSIM has 11 pixels.
        guard shape[2] >= 11, shape[3] >= 11 else { return .nan }
        return try Images.ssim(
            of: restored.element(index).hostArray(), truth: truth.element(index).hostArray())
    }

    private static func mask(
        _ lists: [[NoisePatch]], _ size: [Int], like truth: Tensor
    ) throws(TorchError) -> Tensor {
        let shape = truth.shape
        var values = [Float](repeating: 0, count: truth.count)
        for (sample, list) in lists.enumerated() {
            for patch in list {
                for channel in patch.channel.map({ $0..<$0 + 1 }) ?? 0..<shape[1] {
                    for row in patch.row..<min(patch.row + size[0], shape[2]) {
                        let start = ((sample * shape[1] + channel) * shape[2] + row) * shape[3]
                        for column in patch.column..<min(patch.column + size[1], shape[3]) {
                            values[start + column] = 1
                        }
                    }
                }
            }
        }
        return try Tensor(values, shape: shape).converted(to: truth.dataType())
            .moved(to: truth.device())
    }
}
