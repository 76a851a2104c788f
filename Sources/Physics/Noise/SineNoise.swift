import Glibc
package import Tensors

/// Gaussian noise in stripes: its σ follows the exponential of a sine.
///
///     σ_k = amplitude · (exp(sin(2πk / period)) − 1) / (e − 1), held within floor…1
///
/// k counts from 0; the paper does not say from where.
///
/// Whang, Lei, Dimakis 2021, appendix. <https://arxiv.org/abs/2003.08089>
package struct SineNoise: GaussianNoiseModel {
    /// What k counts.
    package enum Axis: Sendable, CaseIterable {
        case rows, columns
        /// The elements of one measurement in their order in memory.
        case measurements
    }

    package let amplitude: Double
    package let period: Double
    package let axis: Axis
    package let floor: Double

    /// Stripes along `axis`.
    ///
    /// - Throws: `PhysicsError` when a setting is not positive and finite.
    package init(
        amplitude: Double, period: Double = 16, axis: Axis = .rows, floor: Double = 0.001
    ) throws(PhysicsError) {
        let context = "sine noise"
        self.amplitude = try amplitude.checkedAsDeviation("amplitude", in: context)
        self.period = try period.checkedAsDeviation("period", in: context)
        self.floor = try floor.checkedAsDeviation("floor", in: context)
        self.axis = axis
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        guard axis == .measurements || shape.count == 3 else {
            throw PhysicsError(
                .shape(shape, expected: "a picture, or the axis must be measurements"),
                in: "sine noise")
        }
    }

    package func standardDeviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        let shape = Array(measurement.shape.dropFirst())
        let map: Tensor
        switch axis {
        case .rows:
            let rows = shape.dropLast().last ?? 1
            map = try Tensor(deviations(rows), shape: [rows, 1])
        case .columns:
            let columns = shape.last ?? 1
            map = try Tensor(deviations(columns), shape: [columns])
        case .measurements:
            map = try Tensor(deviations(shape.reduce(1, *)), shape: shape)
        }
        return try map.converted(to: measurement.dataType()).moved(to: measurement.device())
    }

    /// σ of the first `count` values of k.
    func deviations(_ count: Int) -> [Double] {
        (0..<count).map { k in
            let wave = exp(sin(2 * .pi * Double(k) / period)) - 1
            return min(max(amplitude * wave / (exp(1) - 1), floor), 1)
        }
    }
}
