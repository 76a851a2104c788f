package import Models
import Programs
package import Tensors

/// A model with its weights, as the commands use it: something that makes pictures of latents.
package protocol LoadedModel: Sendable {
    /// Channels, height and width of a picture.
    var imageShape: [Int] { get }

    /// The shape of the latents of one picture, level by level, the finest first.
    var latentShapes: [[Int]] { get }

    /// What knows probabilities and finds the latents of pictures; nil when the model does not.
    var flow: Flow? { get }

    /// Pictures, `[batch, channel, height, width]`, of latents `[batch, number of latents]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func decode(_ z: Tensor, to scale: PixelScale) throws -> Tensor

    /// Checks what the model promises apart from making pictures, calling `show` after each.
    ///
    /// - Throws: what `show` throws, `ModelError`, `ParameterError` or `TorchError`.
    func checkPromises(
        on device: Device, seed: UInt64, show: (ModelCheck) throws -> Void
    ) throws
}

extension LoadedModel {
    /// The number of latents of one picture.
    package var latentCount: Int {
        latentShapes.reduce(0) { $0 + $1.reduce(1, *) }
    }
}

extension ModelFolder {
    /// The one place where a model folder becomes what the commands use.
    ///
    /// - Throws: `ModelError`, `ParameterError` with every tensor that does not fit, or
    ///   `TorchError`.
    package func loaded(on device: Device = .cpu) throws -> any LoadedModel {
        let room = try room(freeBytes: device == .cpu ? FreeMemory().bytes : nil)
        return try room.load { () throws -> any LoadedModel in
            description.architecture.hasDensity
                ? LoadedFlow(folder: self, known: try flow(on: device))
                : LoadedGenerator(known: try generator(on: device))
        }
    }
}
