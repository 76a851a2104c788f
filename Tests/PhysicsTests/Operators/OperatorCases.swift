import Physics
import Tensors

/// Every linear operator for pictures of `[3, 8, 6]`, in each of its kinds.
enum OperatorCases {
    static let shape = [3, 8, 6]

    static func all() throws -> [any LinearOperator] {
        try masks() + blurs() + matrices() + [downsample(), Grayscale(channels: 3)]
            + [LinearComposition([SeparableBlur.gaussian(.reflect), Scale(0.5), downsample()])]
    }

    static func masks() throws -> [any LinearOperator] {
        let pixels = draws(48, seed: 1).map { $0 < 0 ? 0.0 : 1 }
        let colours = draws(144, seed: 2).map { $0 < 0 ? 0.0 : 1 }
        return [
            try Mask(pixels, shape: [1, 8, 6]), try Mask(colours, shape: shape),
            try FourierSampling(pixels, shape: [1, 8, 6]),
            try FourierSampling(colours, shape: shape),
            try LinearComposition([Mask(pixels, shape: [1, 8, 6]), Scale(0.5)]),
        ]
    }

    static func blurs() throws -> [any LinearOperator] {
        // Larger than the picture along one axis, so that lines are continued more than once.
        let kernel = try BlurKernel(draws(7 * 15, seed: 3).map { $0 + 0.5 }, height: 7, width: 15)
        return try Boundary.allCases.flatMap { boundary -> [any LinearOperator] in
            let general = try Blur.Method.allCases.map { method -> any LinearOperator in
                try Blur(kernel, boundary: boundary, height: 8, width: 6, method: method)
            }
            return general + [try SeparableBlur.gaussian(boundary)]
        }
    }

    static func matrices() throws -> [any LinearOperator] {
        var stream = Generator(seed: 4)
        let blocks = [try stream.normal([5, 144]), try stream.normal([2, 144])]
        func random(_ scaling: RandomMatrix.Scaling, _ limit: Int) throws -> RandomMatrix {
            try RandomMatrix(
                measurements: 20, inputShape: shape, scaling: scaling, from: Generator(seed: 5),
                memoryLimit: limit)
        }
        return [
            try MatrixProduct(blocks, inputShape: shape, scale: 0.3),
            try random(.unit, 1 << 20), try random(.normalized, 1 << 20),
            // Rows are drawn one by one.
            try random(.unit, 1000), try random(.normalized, 1000),
        ]
    }

    /// Overlapping weights; the factor is 2.
    static func downsample() throws -> Downsample {
        func axis(_ length: Int) throws -> AxisMatrix {
            var values = [Double](repeating: 0, count: length / 2 * length)
            for row in 0..<length / 2 {
                for (tap, weight) in [0.125, 0.375, 0.375, 0.125].enumerated() {
                    let place = min(max(2 * row + tap - 1, 0), length - 1)
                    values[row * length + place] += weight
                }
            }
            return try AxisMatrix(values, rows: length / 2, isInvertible: true)
        }
        return try Downsample(vertical: axis(8), horizontal: axis(6))
    }

    private static func draws(_ count: Int, seed: UInt64) -> [Double] {
        var stream = Generator(seed: seed)
        return (0..<count).map { _ in Double(stream.next() >> 11) * 0x1p-52 - 1 }
    }
}

extension SeparableBlur {
    fileprivate static func gaussian(_ boundary: Boundary) throws -> SeparableBlur {
        let kernel = try BlurKernel.gaussian(std: 1.5, size: 7)
        guard
            let blur = try SeparableBlur(kernel, boundary: boundary, height: 8, width: 6)
        else { throw TorchError(operation: "separable", message: "a Gaussian is") }
        return blur
    }
}
