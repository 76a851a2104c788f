package import Models
package import Tensors

/// What says how likely pictures are: a flow, or many looks through its window.
package protocol PictureDensity: Sendable {
    /// log p of every picture, in nats, `[batch]`, with a history for gradients.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func logDensity(_ picture: Tensor) throws(TorchError) -> Tensor

    /// The density as an iteration, counted from 1, looks at it.
    func inIteration(_ number: Int) -> any PictureDensity

    /// The density of some of the pictures of a batch.
    func selecting(_ samples: Range<Int>) -> any PictureDensity
}

extension PictureDensity {
    package func inIteration(_ number: Int) -> any PictureDensity { self }

    package func selecting(_ samples: Range<Int>) -> any PictureDensity { self }
}

extension Flow: PictureDensity {}
