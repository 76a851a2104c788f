package import Tensors

/// What is measured besides f(x): the density of a measurement given what it should have been.
///
/// The first axis counts samples. Standard deviations are on the [0, 1] scale.
package protocol NoiseModel: Sendable {
    /// Whether y = f(x) + δ with a noise δ that does not depend on x.
    var isAdditive: Bool { get }

    /// What can be said of the density without evaluating it.
    var character: NoiseCharacter { get }

    /// Checks that measurements of `shape` (without the batch) can have this noise.
    ///
    /// - Throws: `PhysicsError` when they cannot.
    func validate(_ shape: [Int]) throws(PhysicsError)

    /// log p(y | f(x)), in nats, `[batch]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func logDensity(_ measurement: Tensor, given clean: Tensor) throws(TorchError) -> Tensor

    /// A measurement of `clean` with noise from `generator`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor

    /// About how far a measurement is from `clean`, element by element, in a shape that can be
    /// repeated to that of `measurement`: the scale on which the density changes.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func deviation(of measurement: Tensor) throws(TorchError) -> Tensor

    /// The same noise with no standard deviation below `floor`: a smoother density, from which
    /// solvers come down gradually.
    func softened(to floor: Double) -> any NoiseModel

    /// The noise of the samples with the given indices of a batch.
    func selecting(_ samples: [Int]) -> any NoiseModel
}

extension NoiseModel {
    package func selecting(_ samples: [Int]) -> any NoiseModel { self }
}
