import Tensors

/// Pictures as sums of details of every size: x = s · u₀ + w · (U₁ u₁ + U₂ u₂ + …).
///
/// Where a pixel is not measured, w is large, and a step of one coarse number moves a whole
/// neighbourhood: what is missing comes into place in a fraction of the steps that pixels take one
/// by one. Where pixels are known, w is next to nothing and this is `ImageSpace`.
///
/// Points are `[batch, numbers]`, the pixels first. U enlarges by linear interpolation. Costs two
/// products of small matrices per size.
struct PyramidSpace: SearchSpace {
    let prior: any PictureDensity
    /// s, `[1 or batch, channels, height, width]`.
    private let scale: Tensor
    /// w, like s.
    private let reach: Tensor
    private let levels: [Level]
    private let shape: [Int]

    /// One size of details: U enlarges `[height, width]` by two matrices.
    private struct Level {
        let size: (height: Int, width: Int)
        let vertical: Tensor
        let horizontal: Tensor
    }

    /// A space of pictures of `imageShape`: channels, height, width.
    ///
    /// - Parameters:
    ///   - prior: what pictures are like.
    ///   - imageShape: of a picture.
    ///   - scale: the unit of every pixel, in a shape that can be repeated to that of pictures.
    ///   - limit: the unit of pixels that are not measured.
    /// - Throws: `TorchError` when memory is short.
    init(
        prior: any PictureDensity, imageShape: [Int], scale: Tensor, limit: Double
    ) throws(TorchError) {
        self.prior = prior
        self.scale = scale
        shape = imageShape
        // The square: pixels that are measured, if badly, stay where they are.
        reach = try scale.square() / limit
        var levels: [Level] = []
        var factor = 2
        while factor <= 16, min(shape[1], shape[2]) / factor >= 2 {
            levels.append(try Self.level(factor, shape, like: scale))
            factor *= 2
        }
        self.levels = levels
    }

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        let pixels = try self.pixels(point)
        var details: Tensor?
        var first = shape.reduce(1, *)
        for level in levels {
            let (height, width) = level.size
            let count = shape[0] * height * width
            let coarse = try point.slice(first..<first + count, along: 1)
                .reshaped(to: [-1, shape[0], height, width])
            let fine = try level.vertical.matrixProduct(
                coarse.matrixProduct(level.horizontal.transposed()))
            details = try details.map { (sum) throws(TorchError) in try sum + fine } ?? fine
            first += count
        }
        var picture = try pixels * scale
        if let details { picture = try picture + details * reach }
        guard let jitter else { return (picture, try prior.logDensity(picture)) }
        let beside = try self.pixels(jitter) * scale
        return (picture, try prior.logDensity(picture + beside))
    }

    func point(of picture: Tensor) throws(TorchError) -> Tensor {
        let pixels = try (picture / scale).reshaped(to: [picture.shape[0], -1])
        let count = levels.reduce(0) { $0 + shape[0] * $1.size.height * $1.size.width }
        let none = try Tensor.zeros(
            [picture.shape[0], count], picture.dataType(), on: picture.device())
        return try .concatenated([pixels, none], along: 1)
    }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace {
        let isShared = (scale.shape.first ?? 1) <= 1
        return PyramidSpace(
            prior: prior.selecting(samples),
            scale: isShared ? scale : try scale.slice(samples, along: 0),
            reach: isShared ? reach : try reach.slice(samples, along: 0), levels: levels,
            shape: shape)
    }

    func inIteration(_ number: Int) -> any SearchSpace {
        PyramidSpace(
            prior: prior.inIteration(number), scale: scale, reach: reach, levels: levels,
            shape: shape)
    }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor {
        try self.point(of: pixels(point).filled(with: 0.5))
    }

    private init(
        prior: any PictureDensity, scale: Tensor, reach: Tensor, levels: [Level], shape: [Int]
    ) {
        self.prior = prior
        self.scale = scale
        self.reach = reach
        self.levels = levels
        self.shape = shape
    }

    private func pixels(_ point: Tensor) throws(TorchError) -> Tensor {
        try point.slice(0..<shape.reduce(1, *), along: 1).reshaped(to: [-1] + shape)
    }

    private static func level(
        _ factor: Int, _ shape: [Int], like scale: Tensor
    ) throws(TorchError) -> Level {
        let size = (shape[1] / factor, shape[2] / factor)
        func matrix(_ length: Int, _ count: Int) throws(TorchError) -> Tensor {
            try Tensor(interpolation(from: count, to: length, factor), shape: [length, count])
                .converted(to: scale.dataType()).moved(to: scale.device())
        }
        return Level(
            size: size, vertical: try matrix(shape[1], size.0),
            horizontal: try matrix(shape[2], size.1))
    }

    /// Linear interpolation between the middles of `factor` pixels each, row by row.
    private static func interpolation(from count: Int, to length: Int, _ factor: Int) -> [Double] {
        var matrix = [Double](repeating: 0, count: length * count)
        for row in 0..<length {
            let place = (Double(row) + 0.5) / Double(factor) - 0.5
            let left = Int(place.rounded(.down))
            for (index, weight) in [
                (left, 1 - place + Double(left)), (left + 1, place - Double(left)),
            ] {
                matrix[row * count + min(max(index, 0), count - 1)] += weight
            }
        }
        return matrix
    }
}
