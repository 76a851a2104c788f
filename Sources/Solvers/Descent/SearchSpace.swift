import Tensors

/// The variables that an optimiser changes, and the pictures that they stand for.
protocol SearchSpace: Sendable {
    /// The picture of a point and log p of it under the prior, in nats, `[batch]`; spaces without
    /// a density give minus a penalty instead.
    ///
    /// With a `jitter`, in the units of points, image space lets the prior look at the picture of
    /// `point + jitter`, and latent space gives all of `point + jitter`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor)

    /// The noise of every part of a sum that is looked for, `[batch, …]`; none elsewhere.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func noises(at point: Tensor) throws(TorchError) -> [Tensor]

    /// ‖z‖² / D of the latents of every picture, nil where a point does not tell them at once.
    ///
    /// - Throws: `TorchError` when memory is short.
    func energies(at point: Tensor) throws(TorchError) -> [Double]?

    /// The point of a picture.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func point(of picture: Tensor) throws(TorchError) -> Tensor

    /// The space of some of the samples.
    ///
    /// - Throws: `TorchError` when there are no such samples.
    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace

    /// The space as an iteration, counted from 1, looks at it: priors may look through other
    /// windows in each.
    func inIteration(_ number: Int) -> any SearchSpace

    /// A point where the objective is finite whatever was measured.
    ///
    /// - Throws: `TorchError` when memory is short.
    func refuge(like point: Tensor) throws(TorchError) -> Tensor
}

extension SearchSpace {
    func noises(at point: Tensor) throws(TorchError) -> [Tensor] { [] }

    func energies(at point: Tensor) throws(TorchError) -> [Double]? { nil }

    func inIteration(_ number: Int) -> any SearchSpace { self }
}
