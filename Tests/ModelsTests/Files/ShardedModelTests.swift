import Arrays
import Foundation
import Models
import TensorSupport
import Tensors
import TestSupport
import Testing

/// Model folders whose weights are in several files, or stored with less precision.
@Suite(.timeLimit(.minutes(20))) struct ShardedModelTests {
    private static let shape = [1, 8, 8]
    private static let architecture = Architecture.realNVP(
        .init(scales: 2, blocks: 1, width: 4))

    /// Writes a model with random weights and runs `body` on its folder.
    private func withModel(
        _ storage: WeightStorage, _ body: (URL, Flow) throws -> Void
    ) throws {
        let store = ParameterStore(random: Generator(seed: 1))
        let flow = try Self.architecture.flow(imageShape: Self.shape, in: store.root)
        let description = ModelDescription(
            name: "tiny", architecture: Self.architecture, imageShape: Self.shape, bits: 8,
            bitsPerDimension: nil, training: nil,
            origin: .init(format: "glowip", file: "a.pt", sha256: "00", notes: ["squeeze"]),
            weights: .init(files: [], parameters: 0), software: "sluice test")
        try withTemporaryDirectory { directory in
            let folder = directory.appending(path: "tiny")
            try ModelFolder.write(
                description, weights: store.tensors.mapValues { try $0.hostArray() },
                card: "# Tiny\n", to: folder.path, storage: storage)
            try body(folder, flow)
        }
    }

    @Test func `weights in several files are those in one`() throws {
        try withModel(WeightStorage(largestFile: 4000)) { folder, flow in
            let model = try ModelFolder(reading: folder.path)
            let files = model.description.weights.files
            #expect(files.count > 2)
            for file in files {
                let input = try InputFile(folder.appending(path: file.file).path)
                #expect(input.size <= 4000)
                #expect(try SHA256.hexadecimal(of: input) == file.sha256)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(
                Set(names)
                    == Set(files.map(\.file))
                    .union(["README.md", "model.json", "model.safetensors.index.json"]))
            let x = try randomImages(2, .float32)
            try expectClose(
                model.flow().encode(x).value, flow.encode(x).value,
                tolerance: .float32(accumulating: 64))
        }
    }

    @Test func `every file of the weights is checked`() throws {
        try withModel(WeightStorage(largestFile: 4000)) { folder, _ in
            let model = try ModelFolder(reading: folder.path)
            for file in model.description.weights.files {
                let place = folder.appending(path: file.file)
                let bytes = try Data(contentsOf: place)
                try (bytes.dropLast() + [bytes[bytes.count - 1] ^ 1]).write(to: place)
                let damaged = #expect(throws: ModelError.self) { try model.weights() }
                guard case .wrongDigest(file.file, file.sha256, _) = damaged?.reason else {
                    Issue.record("\(damaged as Any)")
                    return
                }
                try FileManager.default.removeItem(at: place)
                let missing = #expect(throws: ModelError.self) { try model.weights() }
                #expect(missing?.reason == .missingFile(file.file))
                try bytes.write(to: place)
            }
            _ = try model.weights()
        }
    }

    @Test func `an index that is wrong or missing is refused`() throws {
        try withModel(WeightStorage(largestFile: 4000)) { folder, _ in
            let model = try ModelFolder(reading: folder.path)
            let place = folder.appending(path: ModelFolder.indexFile)
            let text = try String(contentsOf: place, encoding: .utf8)
            for (old, new) in [
                ("\"actnorm.shift\"", "\"actnorm.drift\""),
                ("\"scales.0.channels.0.rescale\": \"model-0", "\"x\": \"model-1"), ("{", "["),
            ] {
                try Data(text.replacing(old, with: new, maxReplacements: 1).utf8).write(to: place)
                let error = #expect(throws: ModelError.self) { try model.weights() }
                guard case .unreadable(ModelFolder.indexFile, let why) = error?.reason else {
                    Issue.record("\(error as Any)")
                    return
                }
                #expect(!why.isEmpty)
            }
            try FileManager.default.removeItem(at: place)
            let error = #expect(throws: ModelError.self) { try model.weights() }
            #expect(error?.reason == .missingFile(ModelFolder.indexFile))
        }
    }

    @Test func `weights of half the size are nearly the same model`() throws {
        try withModel(WeightStorage(.bfloat16)) { folder, flow in
            let model = try ModelFolder(reading: folder.path)
            let weights = try model.weights()
            #expect(weights.values.allSatisfy { $0.elementType == .bfloat16 })
            let x = try randomImages(2, .float32)
            let (found, expected) = try (model.flow().encode(x), flow.encode(x))
            #expect(try found.value.dataType() == .float32)
            try expectClose(
                found.value, expected.value, tolerance: Tolerance(absolute: 0.1, relative: 0.02))
            try expectClose(
                found.logDeterminant, expected.logDeterminant,
                tolerance: Tolerance(absolute: 1, relative: 0.01))
        }
    }

    @Test func `the description says where the files and the weights came from`() throws {
        for storage in [WeightStorage(), WeightStorage(largestFile: 4000)] {
            try withModel(storage) { folder, _ in
                let description = try ModelFolder(reading: folder.path).description
                #expect(description.origin?.format == "glowip")
                #expect(description.origin?.notes == ["squeeze"])
                let data = try JSONEncoder().encode(description)
                #expect(
                    try JSONDecoder().decode(ModelDescription.self, from: data) == description)
                let text = String(decoding: data, as: UTF8.self)
                #expect(text.contains("\"files\"") == (storage.largestFile == 4000))
            }
        }
    }

    @Test func `several files have one digest, that of their list`() {
        let weights = ModelDescription.Weights(
            files: [.init(file: "a", sha256: "01"), .init(file: "b", sha256: "02")], parameters: 3)
        #expect(weights.sha256 == SHA256.hexadecimal(of: Array("01  a\n02  b\n".utf8)))
        #expect(ModelDescription.Weights(file: "a", sha256: "01", parameters: 1).sha256 == "01")
    }

    @Test(arguments: [#""files": []"#, #""files": [{"file": "a"}]"#, #""file": "a""#])
    func `files without a name or a digest are refused`(_ files: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                ModelDescription.Weights.self, from: Data("{\"parameters\": 1, \(files)}".utf8))
        }
    }
}
