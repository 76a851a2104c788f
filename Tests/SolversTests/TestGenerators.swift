import Arrays
import Models
import Tensors

/// Small generators without a density, in double precision.
enum TestGenerators {
    /// An autoencoder with four latents, which has a way back.
    static func vae(channels: Int = 1, size: Int = 8, seed: UInt64 = 5) throws -> VAE {
        let settings = VAESettings(hidden: 12, latent: 4)
        let fresh = ParameterStore(random: Generator(seed: seed))
        _ = try VAE(settings, imageShape: [channels, size, size], in: fresh.root)
        var stored: [String: HostArray] = [:]
        for (name, tensor) in fresh.tensors { stored[name] = try tensor.hostArray() }
        let store = ParameterStore(stored: stored, source: "test", on: .cpu, .float64)
        return try VAE(settings, imageShape: [channels, size, size], in: store.root)
    }

    /// A generator that is a matrix, which has none.
    struct Linear: PictureGenerator {
        /// `[channel · height · width, latents]`.
        let matrix: Tensor
        let imageShape: [Int]

        var dimensions: Int { matrix.shape[1] }

        func generate(_ z: Tensor) throws(TorchError) -> Tensor {
            try z.matrixProduct(matrix.transposed()).reshaped(to: [z.shape[0]] + imageShape)
        }

        func frozenGenerator() -> any PictureGenerator { self }
    }

    /// A random matrix as a generator.
    static func linear(_ imageShape: [Int], latents: Int) throws -> Linear {
        var generator = Generator(seed: 11)
        let matrix = try generator.normal([imageShape.reduce(1, *), latents], .float64) * 0.3
        return Linear(matrix: matrix, imageShape: imageShape)
    }
}
