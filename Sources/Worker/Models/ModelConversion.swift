import Arrays
import Foundation
package import Models
import Programs
import Tensors

/// Makes a model folder of another program's weights.
package struct ModelConversion {
    private let source: String
    private let conversion: Conversion
    private let storage: WeightStorage

    /// A conversion of the file at `source`.
    package init(_ source: String, _ conversion: Conversion, storage: WeightStorage = .init()) {
        self.source = source
        self.conversion = conversion
        self.storage = storage
    }

    /// Reads, converts and tests, and writes the folder at `path` only when the test is passed.
    ///
    /// - Throws: `ArrayError` for files, `ConversionError` with everything that does not fit,
    ///   `SessionError` when other files would be lost, or `TorchError`.
    package func write(to path: String, isTesting: Bool = true) throws -> ConversionOutcome {
        let place = try ModelPlace(path)
        try place.check()
        guard
            URL(filePath: source).deletingLastPathComponent().standardizedFileURL
                != URL(filePath: place.path).standardizedFileURL
        else { throw ModelCommandError(.isInput, in: source) }
        let model = try converted()
        let outcome = try ConversionOutcome(
            model, folder: place.path, report: isTesting ? tested(model) : [])
        let folder = try StagedFolder(place.path)
        do {
            let name = URL(filePath: place.path).lastPathComponent
            let description = try description(of: model, outcome, name: name)
            try ModelFolder.write(
                description, weights: model.weights,
                card: ConversionCard(description, outcome).text, to: folder.staging,
                storage: storage)
            try place.check()
            try folder.publish(isReplacing: true)
        } catch {
            folder.discard()
            throw error
        }
        return outcome
    }

    /// The tensors of the file are let go when their conversion is done.
    private func converted() throws -> ConvertedModel {
        try conversion.converted(tensors: tensors())
    }

    private func tensors() throws -> [String: HostArray] {
        switch conversion.format {
        case .safetensors: try SafetensorsFile(reading: source).tensors
        case .npz: try NPZFile(reading: source).arrays
        case .glowIP, .realNVP, .glowPyTorch, .normflows, .dcgan, .vaeMNIST:
            try CheckpointFile(reading: source).tensors
        }
    }

    /// What the self-test measured, line by line.
    ///
    /// Large models are tested in single precision and on small pictures: in double they take twice
    /// the memory, and a pass takes seconds.
    private func tested(_ model: ConvertedModel) throws -> [String] {
        guard model.architecture.hasDensity else {
            return try GeneratorTest(model, conversion.format).lines()
        }
        let isLarge = model.parameters > 2_000_000
        let type: DataType = isLarge ? .float32 : .float64
        let tested = isLarge ? model.reduced(to: 16) : model
        let report = try SelfTest(tested.flow(type), type).run()
        guard report.hasPassed else {
            throw ConversionError(
                conversion.format,
                .impossible(why: "the self-test failed: " + report.problems.joined(separator: "; "))
            )
        }
        return report.lines
    }

    private func description(
        of model: ConvertedModel, _ outcome: ConversionOutcome, name: String
    ) throws -> ModelDescription {
        ModelDescription(
            name: name, architecture: model.architecture, imageShape: model.imageShape,
            bits: model.bits, bitsPerDimension: nil, training: nil,
            origin: .init(
                format: conversion.format.rawValue, file: URL(filePath: source).lastPathComponent,
                sha256: try SHA256.hexadecimal(of: InputFile(source)), notes: outcome.notes),
            weights: .init(file: "", sha256: "", parameters: outcome.parameters),
            software: Software.name)
    }
}
