package import Models
package import Tensors

/// Maximum a posteriori: the picture that makes measurement and prior together most likely.
///
///     latent space:  L(z) = −log p(y | f(G(z))) − β (log N(z; 0, I) − log |det ∂G/∂z|)
///     image space:   L(x) = −log p(y | f(x)) − β log p(x)
///
/// Both are the same function of the picture G(z) = x; what differs is the way down.
///
/// Pictures that are larger than those of the prior are searched in image space, through windows:
/// see `Mosaic`.
///
/// Whang, Lei, Dimakis 2021, eq. 4 and 10. <https://arxiv.org/abs/2003.08089>
package struct MAP: Solver {
    let prior: Flow
    package let settings: Settings
    let streams: RandomStreams
    /// Channels, height and width of the pictures that are restored.
    package let imageShape: [Int]
    /// What memory there is for runs and windows.
    let room: SampleRoom

    /// A solver with a prior, which is frozen.
    ///
    /// - Parameters:
    ///   - prior: what pictures are like.
    ///   - imageShape: of the pictures that are restored; nil for that of the prior.
    ///   - settings: what the user chose.
    ///   - streams: where random starts come from.
    ///   - room: how many samples memory has room for.
    /// - Throws: `TorchError` when the prior is singular.
    package init(
        prior: Flow, imageShape: [Int]? = nil, settings: Settings = .init(),
        streams: RandomStreams, room: SampleRoom = .unknown
    ) throws(TorchError) {
        self.prior = try prior.frozenFlow()
        self.imageShape = imageShape ?? prior.imageShape
        self.settings = settings
        self.streams = streams
        self.room = room
    }

    /// Channels, height and width of the windows through which the prior sees pictures; nil where
    /// it sees them as a whole.
    package var windowShape: [Int]? { imageShape == prior.imageShape ? nil : prior.imageShape }

    /// How many windows are looked at together as long as memory suffices; nil where there are none.
    package var windowBatch: Int? {
        windowShape.map { settings.windows.batch(of: $0, in: room) }
    }

    var hasWindows: Bool { windowShape != nil }
}
