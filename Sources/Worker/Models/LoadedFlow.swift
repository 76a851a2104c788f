import Models
import Tensors

/// A flow with its weights.
struct LoadedFlow: LoadedModel {
    let folder: ModelFolder
    let known: Flow

    var imageShape: [Int] { known.imageShape }
    var latentShapes: [[Int]] { known.latentShapes }
    var flow: Flow? { known }

    func decode(_ z: Tensor, to scale: PixelScale) throws -> Tensor {
        switch scale {
        case .unit: try known.decode(z).value
        case .own: try known.inOwnScale.decode(z).value
        }
    }

    func checkPromises(
        on device: Device, seed: UInt64, show: (ModelCheck) throws -> Void
    ) throws {
        let checks = FlowChecks(flow: known, device: device, seed: seed)
        try show(checks.pictures())
        for check in try checks.latents() { try show(check) }
        try show(JacobianCheck(folder: folder, seed: seed).result())
    }
}
