import Glibc
import Models
package import Tensors

extension FlowNoise {
    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        let residual = try measurement - clean
        guard case .patches(let lists) = placement else {
            return try density(ofPatches: residual)
        }
        guard lists.count == residual.shape.first else {
            throw TorchError(
                operation: "flowNoise", shapes: [residual.shape],
                message: "there are patches for \(lists.count) samples")
        }
        let elsewhere = try outside(residual, lists)
        let pieces = try lists.enumerated().map { (sample, list) throws(TorchError) in
            try list.map { (patch) throws(TorchError) in try cut(patch, residual, sample) }
        }
        guard pieces.contains(where: { !$0.isEmpty }) else { return elsewhere }
        let densities = try density(ofPatches: .concatenated(pieces.flatMap { $0 }, along: 0))
        var start = 0
        var sums: [Tensor] = []
        for list in lists {
            sums.append(try densities.slice(start..<start + list.count, along: 0).sum())
            start += list.count
        }
        return try elsewhere + Tensor.stacked(sums)
    }

    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        // Pictures of noise use a good part of their range.
        let inside = 0.3 * amplitude
        guard case .patches(let lists) = placement else {
            return try .full([1], inside, measurement.dataType(), on: measurement.device())
        }
        let mask = try outsideMask(measurement, lists)
        return try mask * background + (1 - mask) * inside
    }

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        guard case .patches(let lists) = placement else {
            let noise = try pictures(clean.shape.first ?? 0, like: clean, from: &generator)
            return try clean + (noise - zero) * amplitude
        }
        let normal = try generator.normal(clean.shape, clean.dataType(), on: clean.device())
        let noise = try normal * background * outsideMask(clean, lists)
        var sum = try clean + noise
        for (sample, list) in lists.enumerated() {
            for patch in list {
                let picture = try (pictures(1, like: clean, from: &generator) - zero) * amplitude
                sum = try sum + placed(picture, patch, sample, in: clean.shape)
            }
        }
        return sum
    }

    /// log p of residuals the size of the model's pictures, with the change of variables.
    func density(ofPatches residuals: Tensor) throws(TorchError) -> Tensor {
        let volume = Double(model.dimensions) * log(amplitude)
        let pictures = try residuals / amplitude + zero
        guard averageShare > 0 else { return try model.logDensity(pictures) - volume }
        let average = try moments.logDensity(pictures) * averageShare - volume
        guard averageShare < 1 else { return average }
        return try average + model.logDensity(pictures) * (1 - averageShare)
    }

    /// The Gaussian log-density of what no patch covers.
    private func outside(
        _ residual: Tensor, _ lists: [[NoisePatch]]
    ) throws(TorchError) -> Tensor {
        let mask = try outsideMask(residual, lists)
        let square = try (residual * mask / background).square().sumPerSample()
        let width = try mask.sumPerSample() * (log(background) + 0.5 * log(2 * .pi))
        return try square * -0.5 - width
    }

    /// 1 where no patch is and 0 below patches.
    private func outsideMask(
        _ measurement: Tensor, _ lists: [[NoisePatch]]
    ) throws(TorchError) -> Tensor {
        let shape = Array(measurement.shape.dropFirst())
        let count = shape.reduce(1, *)
        var values = [Float](repeating: 1, count: count * lists.count)
        for (sample, list) in lists.enumerated() {
            for patch in list {
                for index in indices(of: patch, in: shape) { values[sample * count + index] = 0 }
            }
        }
        return try Tensor(values, shape: [lists.count] + shape)
            .converted(to: measurement.dataType()).moved(to: measurement.device())
    }

    /// The places of a patch's elements among those of one measurement.
    func indices(of patch: NoisePatch, in shape: [Int]) -> [Int] {
        let channels = patch.channel.map { $0..<$0 + 1 } ?? 0..<shape[0]
        return channels.flatMap { channel in
            (patch.row..<patch.row + model.imageShape[1]).flatMap { row in
                let start = (channel * shape[1] + row) * shape[2] + patch.column
                return start..<start + model.imageShape[2]
            }
        }
    }

    /// What `patch` covers of one sample, `[1, channel, height, width]`.
    private func cut(
        _ patch: NoisePatch, _ residual: Tensor, _ sample: Int
    ) throws(TorchError) -> Tensor {
        let channels = patch.channel.map { $0..<$0 + 1 } ?? 0..<residual.shape[1]
        return try residual.slice(sample..<sample + 1, along: 0).slice(channels, along: 1)
            .slice(patch.row..<patch.row + model.imageShape[1], along: 2)
            .slice(patch.column..<patch.column + model.imageShape[2], along: 3)
    }

    /// `picture` where `patch` says, 0 elsewhere, in a batch of the given shape.
    private func placed(
        _ picture: Tensor, _ patch: NoisePatch, _ sample: Int, in shape: [Int]
    ) throws(TorchError) -> Tensor {
        let plane = try picture.padded(
            left: patch.column, right: shape[3] - patch.column - model.imageShape[2],
            top: patch.row, bottom: shape[2] - patch.row - model.imageShape[1])
        let type = try picture.dataType()
        let device = try picture.device()
        // Selecting by multiplication: [batch, 1, 1, 1] times [1, channel, 1, 1].
        let samples = (0..<shape[0]).map { Float($0 == sample ? 1 : 0) }
        let channels = (0..<shape[1]).map { Float($0 == patch.channel ?? $0 ? 1 : 0) }
        let chosen =
            try Tensor(samples, shape: [shape[0], 1, 1, 1])
            * Tensor(channels, shape: [1, shape[1], 1, 1])
        return try plane * chosen.converted(to: type).moved(to: device)
    }

    /// Random pictures of noise: examples when there are any.
    private func pictures(
        _ count: Int, like clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        guard let examples else {
            let z = try generator.normal(
                [count, model.dimensions], clean.dataType(), on: clean.device())
            return try model.decode(z).value
        }
        let indices = (0..<count).map { _ in
            Int.random(in: 0..<examples.shape[0], using: &generator)
        }
        return try examples.elements(at: Tensor(indices: indices).moved(to: examples.device()))
            .converted(to: clean.dataType()).moved(to: clean.device())
    }
}
