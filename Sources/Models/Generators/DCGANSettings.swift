package import Tensors

/// The hyper-parameters of a DCGAN.
package struct DCGANSettings: ArchitectureSettings {
    /// The number of latents.
    package var latent: Int
    /// Channels before the last layer; every layer before has twice as many as the next.
    package var width: Int

    package init(latent: Int = 100, width: Int = 64) {
        self.latent = latent
        self.width = width
    }

    /// How often the side doubles from the 4×4 pixels of the first layer; nil when the picture is
    /// no square whose side is a power of two from 8 on.
    static func doublings(of imageShape: [Int]) -> Int? {
        let side = imageShape[1]
        guard imageShape[2] == side, side >= 8, side <= 1024, side & (side - 1) == 0 else {
            return nil
        }
        return side.trailingZeroBitCount - 2
    }
}

extension DCGANSettings {
    package var isSensible: Bool {
        Architecture.lengths.contains(latent) && (1...1024).contains(width)
    }

    package var summary: String { "DCGAN, latents: \(latent), width: \(width)" }

    package func generator(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> any PictureGenerator {
        try DCGAN(self, imageShape: imageShape, in: scope)
    }
}
