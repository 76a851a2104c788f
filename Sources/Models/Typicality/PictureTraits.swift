package import Tensors

/// What a flow says of one picture as a whole.
package struct PictureTraits: Sendable, Equatable {
    /// log p, in nats.
    package let logLikelihood: Double
    /// ‖z‖² / D, the mean square of its D latents: about 1 for what is drawn from the flow.
    package let energy: Double

    package init(logLikelihood: Double, energy: Double) {
        self.logLikelihood = logLikelihood
        self.energy = energy
    }
}

extension Flow {
    /// The traits of every picture of `x`; outside the support, of the nearest ones within.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func traits(of x: Tensor) throws(TorchError) -> [PictureTraits] {
        let (drawn, penalty) = try drawnBack(x)
        let mapped = try encode(drawn)
        // A sum of thousands of squares is better off in double precision.
        let z = try mapped.value.converted(to: .float64)
        let densities = try Self.logNormal(z) + mapped.logDeterminant.converted(to: .float64)
        let energies = try z.square().sumPerSample() / Double(dimensions)
        let losses = try penalty?.doubles() ?? Array(repeating: 0, count: x.batch)
        return try zip(zip(densities.doubles(), losses), energies.doubles()).map {
            PictureTraits(logLikelihood: $0.0 - $0.1, energy: $1)
        }
    }
}
