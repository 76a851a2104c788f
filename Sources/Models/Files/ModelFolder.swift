package import Arrays
import Foundation
package import Tensors

/// A folder with `model.json`, `model.safetensors` and a model card.
package struct ModelFolder: Sendable {
    package static let descriptionFile = "model.json"
    package static let weightsFile = "model.safetensors"
    package static let cardFile = "README.md"

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
        let store = ParameterStore(
            stored: try weights(), source: "\(path)/\(description.weights.file)", on: device)
        let flow = try description.architecture.flow(
            imageShape: description.imageShape, in: store.root)
        try store.finish()
        return try frozen { try flow.frozenFlow() }
    }

    /// What makes pictures of latents, flow or not, for use without training.
    ///
    /// - Throws: `ModelError`, `ParameterError` with every tensor that does not fit, or
    ///   `TorchError`.
    package func generator(on device: Device = .cpu) throws -> any PictureGenerator {
        let store = ParameterStore(
            stored: try weights(), source: "\(path)/\(description.weights.file)", on: device)
        let generator = try description.architecture.generator(
            imageShape: description.imageShape, in: store.root)
        try store.finish()
        return try frozen { try generator.frozenGenerator() }
    }

    private func frozen<Model>(_ body: () throws -> Model) throws -> Model {
        do {
            return try withoutGradient(body)
        } catch let error as TorchError {
            throw ModelError(folder: path, .unusable(why: "\(error)"))
        }
    }

    /// The weights by name, after a check of their digest.
    ///
    /// - Throws: `ModelError` when they are missing, damaged or other ones.
    package func weights() throws(ModelError) -> [String: HostArray] {
        let name = description.weights.file
        guard !name.contains("/"), FileManager.default.fileExists(atPath: "\(path)/\(name)") else {
            throw ModelError(folder: path, .missingFile(name))
        }
        let found: String
        let tensors: [String: HostArray]
        do {
            let bytes = try InputFile("\(path)/\(name)").contents()
            var digest = SHA256()
            digest.update(bytes)
            found = digest.hexadecimal
            tensors = try SafetensorsFile(parsing: bytes, context: name).tensors
        } catch {
            // The error begins with the name of the file already.
            let why = "\(error)".dropPrefix("\(path)/").dropPrefix("\(name): ")
            throw ModelError(folder: path, .unreadable(name, why: why))
        }
        guard found == description.weights.sha256 else {
            throw ModelError(
                folder: path, .wrongDigest(expected: description.weights.sha256, found: found))
        }
        return tensors
    }

    /// Why a text is not the JSON that it should be.
    static func reason(for error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "the key \(key.stringValue) is missing"
        case DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context), DecodingError.dataCorrupted(let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")): "
                + context.debugDescription
        default: "\(error)"
        }
    }
}

extension String {
    fileprivate func dropPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
