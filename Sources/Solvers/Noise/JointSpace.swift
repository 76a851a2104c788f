import Physics
import Tensors

/// Pictures, and beside them the noise of every part of a sum but the first.
///
///     point = (point of the picture, n₂ / scale₂, …), flat, `[batch, elements]`
///
/// The scale is the deviation of the part, so that one step size fits all.
struct JointSpace: SearchSpace {
    /// The space of the pictures.
    let pictures: any SearchSpace
    /// The shape of its points without the batch.
    private let pointShape: [Int]
    /// The shape of a measurement without the batch.
    private let measurementShape: [Int]
    /// For every part a scale like the measurement, `[batch, …]`.
    private let scales: [Tensor]
    /// For every part its share in the variance of the sum.
    private let shares: [Tensor]

    /// - Throws: `TorchError` when memory is short.
    init(
        _ pictures: any SearchSpace, pointShape: [Int], noise: NoiseSum, like measurement: Tensor
    ) throws(TorchError) {
        self.pictures = pictures
        self.pointShape = pointShape
        measurementShape = Array(measurement.shape.dropFirst())
        let variance = try noise.deviation(of: measurement).square()
        var scales: [Tensor] = []
        var shares: [Tensor] = []
        for part in noise.others {
            let scale = try part.deviation(of: measurement)
            scales.append(try scale.expanded(to: measurement.shape))
            shares.append(try (scale.square() / variance).expanded(to: measurement.shape))
        }
        self.scales = scales
        self.shares = shares
    }

    private init(
        _ pictures: any SearchSpace, _ other: JointSpace, scales: [Tensor], shares: [Tensor]
    ) {
        self.pictures = pictures
        pointShape = other.pointShape
        measurementShape = other.measurementShape
        self.scales = scales
        self.shares = shares
    }

    private var pictureSize: Int { pointShape.reduce(1, *) }
    private var noiseSize: Int { measurementShape.reduce(1, *) }

    /// The part of a point that is one of the picture.
    private func picturePoint(_ point: Tensor) throws(TorchError) -> Tensor {
        try point.slice(0..<pictureSize, along: 1).reshaped(to: [point.shape[0]] + pointShape)
    }

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        // Only pictures are looked at from beside.
        let beside = try jitter.map { (jitter) throws(TorchError) in try picturePoint(jitter) }
        return try pictures.located(picturePoint(point), jitter: beside)
    }

    func noises(at point: Tensor) throws(TorchError) -> [Tensor] {
        var noises: [Tensor] = []
        for (index, scale) in scales.enumerated() {
            let start = pictureSize + index * noiseSize
            let part = try point.slice(start..<start + noiseSize, along: 1)
            noises.append(try part.reshaped(to: [point.shape[0]] + measurementShape) * scale)
        }
        return noises
    }

    /// The point of a picture's point and what is measured besides it, `[batch, …]`, of which
    /// every part of the noise gets its share.
    ///
    /// - Throws: `TorchError` when a shape does not fit.
    func point(_ point: Tensor, residual: Tensor) throws(TorchError) -> Tensor {
        var parts = [try point.reshaped(to: [point.shape[0], -1])]
        for (scale, share) in zip(scales, shares) {
            parts.append(
                try (residual * share / scale).reshaped(to: [residual.shape[0], -1]))
        }
        return try .concatenated(parts, along: 1)
    }

    func point(of picture: Tensor) throws(TorchError) -> Tensor {
        let shape = [picture.shape[0]] + measurementShape
        return try point(
            pictures.point(of: picture),
            residual: .zeros(shape, picture.dataType(), on: picture.device()))
    }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace {
        func selected(_ all: [Tensor]) throws(TorchError) -> [Tensor] {
            try all.map { (tensor) throws(TorchError) in try tensor.slice(samples, along: 0) }
        }
        return JointSpace(
            try pictures.selecting(samples), self, scales: try selected(scales),
            shares: try selected(shares))
    }

    func inIteration(_ number: Int) -> any SearchSpace {
        JointSpace(pictures.inIteration(number), self, scales: scales, shares: shares)
    }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor {
        let refuge = try pictures.refuge(like: picturePoint(point))
        let rest = try point.slice(pictureSize..<point.shape[1], along: 1)
        return try .concatenated(
            [refuge.reshaped(to: [point.shape[0], -1]), rest.filled(with: 0)], along: 1)
    }
}
