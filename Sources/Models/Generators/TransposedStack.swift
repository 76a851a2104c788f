package import Tensors

/// Transposed convolutions with a rectifier between them: what a DCGAN becomes when frozen.
package struct TransposedStack: PictureGenerator {
    package let imageShape: [Int]
    package let dimensions: Int
    private let layers: [TransposedConvolution]

    init(_ layers: [TransposedConvolution], imageShape: [Int], dimensions: Int) {
        self.layers = layers
        self.imageShape = imageShape
        self.dimensions = dimensions
    }

    package func generate(_ z: Tensor) throws(TorchError) -> Tensor {
        try check(z)
        var h = try z.reshaped(to: [z.batch, dimensions, 1, 1])
        for (index, layer) in layers.enumerated() { h = try layer(index == 0 ? h : h.relu()) }
        return try h.picture()
    }

    package func frozenGenerator() throws(TorchError) -> any PictureGenerator { self }
}
