import Models
import Tensors

/// Whether a flow is the bijection that it promises to be, on pictures that it makes up.
struct FlowChecks {
    private let flow: Flow
    private let device: Device
    private let streams: RandomStreams

    /// How many pictures are looked at.
    private static let count = 8
    /// A quarter of the step of a picture with 8 bits.
    private static let pictureLimit = 1e-3
    /// Of latents whose standard deviation is 1.
    private static let latentLimit = 5e-2
    /// In nats per dimension.
    private static let volumeLimit = 1e-3

    init(flow: Flow, device: Device, seed: UInt64) {
        self.flow = flow
        self.device = device
        streams = RandomStreams(seed: seed)
    }

    /// decode(encode(x)) = x, for pictures with values from 0 to 1.
    ///
    /// - Throws: `TorchError` when memory is short.
    func pictures() throws -> ModelCheck {
        try withoutGradient {
            var random = streams["pictures"]
            let z = try random.normal([Self.count, flow.dimensions], on: device) * 0.7
            let x = try flow.decode(z).value.clamped(0, 1)
            let back = try flow.decode(flow.encode(x).value).value
            return .measured(
                "decode(encode(x)) = x", try Self.largest(back - x), limit: Self.pictureLimit,
                "largest error on the [0, 1] scale")
        }
    }

    /// encode(decode(z)) = z, and the volume changes of both ways are opposite.
    ///
    /// - Throws: `TorchError` when memory is short.
    func latents() throws -> [ModelCheck] {
        try withoutGradient {
            var random = streams["latents"]
            let z = try random.normal([Self.count, flow.dimensions], on: device)
            let made = try flow.decode(z)
            let back = try flow.encode(made.value)
            let sum = try made.logDeterminant + back.logDeterminant
            return [
                .measured(
                    "encode(decode(z)) = z", try Self.largest(back.value - z),
                    limit: Self.latentLimit, "largest error in standard deviations"),
                .measured(
                    "log-determinants", try Self.largest(sum) / Double(flow.dimensions),
                    limit: Self.volumeLimit,
                    "largest sum of those of both ways, in nats per dimension"),
            ]
        }
    }

    private static func largest(_ difference: Tensor) throws -> Double {
        try difference.magnitude().largest().item()
    }
}
