import Arrays
import Images
import Models
import Tensors

extension SmallWorld {
    /// Adds the model `maker`: pictures like those of `tiny`, without a density.
    func writeGenerator() throws {
        let shape = [1, Self.side, Self.side]
        let architecture = Architecture.vae(VAESettings(hidden: 8, latent: 3))
        let store = ParameterStore(random: Generator(seed: 1))
        _ = try architecture.generator(imageShape: shape, in: store.root)
        var weights: [String: HostArray] = [:]
        for (name, tensor) in store.tensors { weights[name] = try tensor.hostArray() }
        let description = ModelDescription(
            name: "maker", architecture: architecture, imageShape: shape, bits: 8,
            bitsPerDimension: nil, training: nil,
            weights: .init(file: "model.safetensors", sha256: "", parameters: 0),
            software: "sluice test")
        try ModelFolder.write(
            description, weights: weights, card: "# maker\n", to: "\(root)/Models/maker")
    }

    /// Adds a square picture in colour.
    func writeColour(_ name: String, side: Int) throws {
        let levels = (0..<side * side * 3).map { UInt8(40 + ($0 * 7) % 160) }
        try write(
            Picture(pixels: HostArray(levels, shape: [side, side, 3])).png(), name)
    }
}
