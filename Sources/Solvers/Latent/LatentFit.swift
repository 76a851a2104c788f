package import Models
package import Tensors

/// The picture of a generator that fits the measurement best, its latents short or not.
///
///     mle:   L(z) = −log p(y | f(G(z)))
///     asim:  L(z) = ‖y − f(G(z))‖² + γ ‖z‖
///     bora:  L(z) = ‖y − f(G(z))‖² + λ ‖z‖²
///
/// Generators need no density: these are the methods for adversarial networks and autoencoders,
/// and what MAP is compared with.
///
/// Whang, Lei, Dimakis 2021, eq. 5, 8 and 6. <https://arxiv.org/abs/2003.08089>; Asim et al. 2020.
/// <https://arxiv.org/abs/1905.11672>; Bora et al. 2017. <https://arxiv.org/abs/1703.03208>
package struct LatentFit: Solver {
    /// What is made small.
    package enum Method: Sendable, Equatable {
        case mle
        /// With ‖z‖² in place of ‖z‖ where `isSquared`, as Asim et al. do it in their programs.
        case asim(isSquared: Bool)
        case bora
    }

    let generator: any PictureGenerator
    package let method: Method
    /// What a user chose; `beta` is the weight γ or λ of the penalty.
    package let settings: MAP.Settings
    let streams: RandomStreams
    let room: SampleRoom

    /// A solver with pictures of `generator`, which is frozen, and random starts from `streams`; as
    /// many runs go on at a time as there is `room` for.
    ///
    /// - Throws: `TorchError` when the generator is singular.
    package init(
        _ method: Method, generator: any PictureGenerator, settings: MAP.Settings = .init(),
        streams: RandomStreams, room: SampleRoom = .unknown
    ) throws(TorchError) {
        self.generator = try generator.frozenGenerator()
        self.method = method
        self.settings = settings
        self.streams = streams
        self.room = room
    }
}

extension LatentFit.Method {
    /// The name in job files.
    package var name: String {
        switch self {
        case .mle: "mle"
        case .asim: "asim"
        case .bora: "bora"
        }
    }

    /// What users call the weight of the penalty, nil where there is none.
    package var weight: String? {
        switch self {
        case .mle: nil
        case .asim: "gamma"
        case .bora: "lambda"
        }
    }

    var fidelity: Fidelity {
        switch self {
        case .mle: .likelihood
        case .asim, .bora: .squares
        }
    }

    var penalty: LatentPenalty {
        switch self {
        case .mle: .none
        case .asim(let isSquared): isSquared ? .squaredNorm : .norm
        case .bora: .squaredNorm
        }
    }
}
