package import Tensors

/// The sign of every value: f(x) = +1 for x ≥ 0, else −1.
///
/// Its gradient is zero almost everywhere; another stands in for it ("straight through"). Whang,
/// Lei and Dimakis 2021 do not say which, nor what sign(0) is.
package struct Sign: ForwardOperator {
    /// What stands in for the gradient.
    package enum Gradient: Sendable, CaseIterable {
        /// That of f(x) = x.
        case identity
        /// That of f(x) = x where |x| ≤ 1, and 0 elsewhere.
        case clipped
    }

    package let gradient: Gradient

    package init(gradient: Gradient = .identity) {
        self.gradient = gradient
    }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] { inputShape }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        let values = try x.detached()
        let signs = try values.isAtLeast(0).converted(to: x.dataType()) * 2 - 1
        // x − x is 0 with the gradient of x, so that the sum is exact.
        let passing = try x - values
        switch gradient {
        case .identity: return try signs + passing
        case .clipped:
            let isNear = try values.magnitude().isAtMost(1).converted(to: x.dataType())
            return try signs + passing * isNear
        }
    }
}
