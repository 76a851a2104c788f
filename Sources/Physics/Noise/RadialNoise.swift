import Glibc
package import Tensors

/// Gaussian noise that is strongest at one pixel.
///
///     σ(d) = amplitude · exp(−decay · d²), held within floor…1000, d the distance in pixels
///
/// Whang, Lei, Dimakis 2021, appendix. <https://arxiv.org/abs/2003.08089>
package struct RadialNoise: GaussianNoiseModel {
    package let amplitude: Double
    package let decay: Double
    package let floor: Double
    /// Row and column of the maximum; nil is the pixel above and left of the middle.
    package let center: (row: Int, column: Int)?

    /// Noise around `center`.
    ///
    /// - Throws: `PhysicsError` when a setting is not positive and finite.
    package init(
        amplitude: Double, decay: Double = 0.005, floor: Double = 0.001,
        center: (row: Int, column: Int)? = nil
    ) throws(PhysicsError) {
        let context = "radial noise"
        self.amplitude = try amplitude.checkedAsDeviation("amplitude", in: context)
        self.decay = try decay.checkedAsDeviation("decay", in: context)
        self.floor = try floor.checkedAsDeviation("floor", in: context)
        self.center = center
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        guard shape.count == 3 else {
            throw PhysicsError(.shape(shape, expected: "a picture"), in: "radial noise")
        }
    }

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        let shape = measurement.shape
        let height = shape.dropLast().last ?? 1
        let width = shape.last ?? 1
        let map = try Tensor(deviations(height, width), shape: [height, width])
        return try map.converted(to: measurement.dataType()).moved(to: measurement.device())
    }

    /// σ of every pixel, row after row.
    func deviations(_ height: Int, _ width: Int) -> [Double] {
        let middle = center ?? ((height - 1) / 2, (width - 1) / 2)
        return (0..<height * width).map { index in
            let down = Double(index / width - middle.row)
            let right = Double(index % width - middle.column)
            let std = amplitude * exp(-decay * (down * down + right * right))
            return min(max(std, floor), 1000)
        }
    }
}
