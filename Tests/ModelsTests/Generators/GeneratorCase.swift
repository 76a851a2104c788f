import Models
import Tensors
import Testing

/// A generator to run the laws on.
struct GeneratorCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let shape: [Int]
    let make: @Sendable (ParameterScope) throws -> any PictureGenerator

    /// The generator, with parameters that are not those of a beginning.
    func built() throws -> (any PictureGenerator, ParameterStore) {
        let store = ParameterStore(random: Generator(seed: 3), .float64)
        let generator = try make(store.root)
        try store.finish()
        var random = Generator(seed: 4)
        for parameter in store.ordered {
            try parameter.accumulate(random.normal(parameter.shape, .float64), times: 0.2)
        }
        if let dcgan = generator as? DCGAN {
            try withoutGradient {
                try dcgan.settle(on: random.normal([64, dcgan.dimensions], .float64))
            }
        }
        return (generator, store)
    }

    static let all: [GeneratorCase] = [
        GeneratorCase(testDescription: "DCGAN", shape: [3, 16, 16]) {
            try DCGAN(DCGANSettings(latent: 5, width: 3), imageShape: [3, 16, 16], in: $0)
        },
        GeneratorCase(testDescription: "VAE, connected", shape: [1, 6, 5]) {
            try VAE(VAESettings(hidden: 7, latent: 4), imageShape: [1, 6, 5], in: $0)
        },
        GeneratorCase(testDescription: "VAE, convolutional", shape: [3, 16, 16]) {
            try VAE(
                VAESettings(layout: .convolutional, hidden: 4, latent: 6),
                imageShape: [3, 16, 16], in: $0)
        },
        GeneratorCase(testDescription: "Flow", shape: [1, 8, 8]) {
            try Architecture.realNVP(RealNVPSettings(scales: 2, blocks: 1, width: 4))
                .generator(imageShape: [1, 8, 8], in: $0)
        },
    ]
}
