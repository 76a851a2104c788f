package import Physics
package import Tensors

/// Noise of which something is not known, and found together with the pictures.
///
/// As a density it is a first guess; `NoiseSearch` makes a better one of it.
package protocol UnknownNoise: NoiseModel {
    /// How many times pictures are looked for, each time with better noise.
    var rounds: Int { get }

    /// What the measurement says as long as there are no pictures.
    ///
    /// - Throws: `TorchError` when memory is short, `PhysicsError`.
    func guess(_ problem: Problem) throws -> any NoiseModel

    /// What the measurement says beside f(x) of the pictures of a round, `[batch, …]`.
    ///
    /// - Throws: `TorchError` when memory is short, `PhysicsError`.
    func found(_ problem: Problem, given clean: Tensor) throws -> any NoiseModel

    /// What is worth telling of `noise`, which was found; one for every sample.
    func findings(of noise: any NoiseModel) -> [Solution.Finding]
}
