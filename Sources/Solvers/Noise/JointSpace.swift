import Physics
import Tensors

/// Pictures, and beside them the noise of every part of a sum but the first.
///
///     point = (point of the picture, n₂ / scale₂, …), flat, `[batch, elements]`
///
/// The scale is the deviation of the part, so that one step size fits all.
struct JointSpace: SearchSpace {
    let pictures: PicturePart
    /// The shape of a measurement without the batch.
    private let measurementShape: [Int]
    /// For every part a scale like the measurement, `[batch, …]`.
    private let scales: [Tensor]
    /// For every part its share in the variance of the sum.
    private let shares: [Tensor]

    /// - Throws: `TorchError` when memory is short.
    init(
        _ pictures: PicturePart, noise: NoiseSum, like measurement: Tensor
    ) throws(TorchError) {
        self.pictures = pictures
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
        _ pictures: PicturePart, _ other: JointSpace, scales: [Tensor], shares: [Tensor]
    ) {
        self.pictures = pictures
        measurementShape = other.measurementShape
        self.scales = scales
        self.shares = shares
    }

    private var noiseSize: Int { measurementShape.reduce(1, *) }

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        try pictures.located(point, jitter: jitter)
    }

    func noises(at point: Tensor) throws(TorchError) -> [Tensor] {
        var noises: [Tensor] = []
        for (index, scale) in scales.enumerated() {
            let start = pictures.size + index * noiseSize
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
        let noises = try zip(scales, shares).map { (scale, share) throws(TorchError) in
            try residual * share / scale
        }
        return try pictures.whole(point, besides: noises)
    }

    func point(of picture: Tensor) throws(TorchError) -> Tensor {
        let shape = [picture.shape[0]] + measurementShape
        return try point(
            pictures.space.point(of: picture),
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
        try pictures.refuge(like: point)
    }
}
