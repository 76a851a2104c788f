package import Arrays
import Foundation
package import Tensors

/// A folder with `model.json`, the weights and a model card.
///
/// The weights are in `model.safetensors`, or in several files with an index beside them.
package struct ModelFolder: Sendable {
    package static let descriptionFile = "model.json"
    package static let cardFile = "README.md"
    static let weightsStem = "model"
    package static let weightsFile = "\(weightsStem).safetensors"
    package static let indexFile = "\(weightsFile).index.json"

    package let path: String
    package let description: ModelDescription

    /// Reads the description of the model in `path`, not its weights.
    ///
    /// - Throws: `ModelError` when it is missing or not what it should be.
    package init(reading path: String) throws(ModelError) {
        let file = "\(path)/\(Self.descriptionFile)"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ModelError(folder: path, .missingFile(Self.descriptionFile))
        }
        do {
            description = try JSONDecoder().decode(ModelDescription.self, from: data)
        } catch {
            throw ModelError(
                folder: path, .unreadable(Self.descriptionFile, why: Self.reason(for: error)))
        }
        guard description.version == 1 else {
            throw ModelError(folder: path, .newerVersion(description.version))
        }
        self.path = path
    }

    /// The text of the model card, empty when there is none.
    package var card: String {
        guard let data = FileManager.default.contents(atPath: "\(path)/\(Self.cardFile)") else {
            return ""
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// The flow with its weights, for use without training, constants folded.
    ///
    /// - Throws: `ModelError`, `ParameterError` with every tensor that does not fit, or
    ///   `TorchError`.
    package func flow(on device: Device = .cpu) throws -> Flow {
        guard description.architecture.hasDensity else {
            throw ModelError(folder: path, .withoutDensity)
        }
        return try flow(of: weights(), imageShape: description.imageShape, on: device)
    }

    /// The flow with these weights over pictures of `imageShape`, for use without training.
    ///
    /// Convolutions take pictures of any size, so the weights of one size are those of another.
    ///
    /// - Throws: `ModelError`, `ParameterError` with every tensor that does not fit, or
    ///   `TorchError`.
    package func flow(
        of weights: [String: HostArray], imageShape: [Int], on device: Device = .cpu,
        _ dataType: DataType = .float32
    ) throws -> Flow {
        try frozen(weights, on: device, dataType) { (scope) throws(TorchError) in
            let flow = try description.architecture.flow(imageShape: imageShape, in: scope)
            return { () throws(TorchError) in try flow.frozenFlow() }
        }
    }

    /// What makes pictures of latents, flow or not, for use without training.
    ///
    /// - Throws: `ModelError`, `ParameterError` with every tensor that does not fit, or
    ///   `TorchError`.
    package func generator(on device: Device = .cpu) throws -> any PictureGenerator {
        try frozen(weights(), on: device, .float32) { (scope) throws(TorchError) in
            let generator = try description.architecture.generator(
                imageShape: description.imageShape, in: scope)
            return { () throws(TorchError) in try generator.frozenGenerator() }
        }
    }

    /// Builds a model of `weights`, and then folds its constants as what was built says.
    private func frozen<Model>(
        _ weights: [String: HostArray], on device: Device, _ dataType: DataType,
        _ build: (ParameterScope) throws(TorchError) -> () throws(TorchError) -> Model
    ) throws -> Model {
        let store = ParameterStore(
            stored: weights, source: "\(path)/\(description.weights.mainFile)", on: device,
            dataType)
        return try TorchProcess.withOneThread {
            let fold = try build(store.root)
            try store.finish()
            do {
                return try withoutGradient { try fold() }
            } catch let error as TorchError where !error.isOutOfMemory {
                throw ModelError(folder: path, .unusable(why: "\(error)"))
            }
        }
    }

    /// Why a text is not the JSON that it should be.
    static func reason(for error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "the key \(key.stringValue) is missing"
        case DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context), DecodingError.dataCorrupted(let context):
            (context.codingPath.map(\.stringValue).joined(separator: ".") + ": ")
                .dropPrefix(": ") + context.debugDescription
        default: "\(error)"
        }
    }
}
