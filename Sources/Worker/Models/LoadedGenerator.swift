import Models
import Tensors

/// A generator without density with its weights.
struct LoadedGenerator: LoadedModel {
    let known: any PictureGenerator

    var imageShape: [Int] { known.imageShape }
    var latentShapes: [[Int]] { [[known.dimensions]] }
    var flow: Flow? { nil }

    /// Its own scale is that of pictures.
    func decode(_ z: Tensor, to scale: PixelScale) throws -> Tensor { try known.generate(z) }

    /// Making pictures is all that it promises, and that is checked for every model.
    func checkPromises(
        on device: Device, seed: UInt64, show: (ModelCheck) throws -> Void
    ) throws {}
}
