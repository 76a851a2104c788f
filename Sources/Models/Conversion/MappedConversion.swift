import Arrays
import Foundation
import Tensors

/// Tensors of any program, under our names or with a map to them, as a model that is described.
struct MappedConversion {
    private let tensors: [String: HostArray]
    private let options: ConversionOptions
    private let format: CheckpointFormat

    init(
        _ tensors: [String: HostArray], _ options: ConversionOptions, _ format: CheckpointFormat
    ) {
        self.tensors = tensors
        self.options = options
        self.format = format
    }

    /// The model, after a check that the weights are its own.
    ///
    /// - Throws: `ConversionError` with everything that does not fit, or `TorchError`.
    func model() throws -> ConvertedModel {
        guard let description = options.architecture else {
            throw ConversionError(
                format,
                .missingOption(
                    "--architecture",
                    why: "a \(format.rawValue) file does not say what its tensors belong to"))
        }
        let model = ConvertedModel(
            architecture: try architecture(description["architecture"] ?? description),
            imageShape: try imageShape(description),
            bits: try options.depth(description["bits"]?.integer ?? 8, format),
            weights: try renamed())
        try check(model)
        return model
    }

    private func architecture(_ value: JSONValue) throws(ConversionError) -> Architecture {
        do {
            return try JSONDecoder().decode(Architecture.self, from: Data(value.line.utf8))
        } catch {
            let why = ModelFolder.reason(for: error)
            throw ConversionError(format, .wrongOption("--architecture", why: why))
        }
    }

    private func imageShape(_ description: JSONValue) throws(ConversionError) -> [Int] {
        if let shape = description["image_shape"]?.array?.compactMap(\.integer), shape.count == 3 {
            return shape
        }
        return [options.channels ?? 3] + (try options.requiredSize(format))
    }

    /// The tensors under our names.
    private func renamed() throws(ConversionError) -> [String: HostArray] {
        guard let map = options.map else { return tensors }
        var weights: [String: HostArray] = [:]
        var problems: [ParameterError.Problem] = []
        for (name, array) in tensors.sorted(by: { $0.key < $1.key }) {
            guard let target = map[name] else {
                problems.append(.unexpected(name: name, shape: array.shape))
                continue
            }
            if weights[target] != nil { problems.append(.duplicate(name: target)) }
            weights[target] = array
        }
        for name in map.keys.sorted() where tensors[name] == nil {
            problems.append(.missing(name: name, shape: []))
        }
        guard problems.isEmpty else { throw ConversionError(format, .tensors(problems)) }
        return weights
    }

    private func check(_ model: ConvertedModel) throws {
        let store = ParameterStore(stored: model.weights, source: format.rawValue)
        _ = try model.architecture.generator(imageShape: model.imageShape, in: store.root)
        do throws(ParameterError) {
            try store.finish()
        } catch {
            throw ConversionError(format, .tensors(error.problems))
        }
    }
}
