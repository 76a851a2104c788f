import Arrays
import Foundation
import Models
import TensorSupport
import Tensors
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct ModelFolderTests {
    private let architecture = Architecture.realNVP(
        .init(scales: 2, blocks: 1, width: 4))

    private func description(_ architecture: Architecture) -> ModelDescription {
        ModelDescription(
            name: "tiny", architecture: architecture, imageShape: [1, 8, 8], bits: 8,
            bitsPerDimension: 1.25, validationLogLikelihood: [10, 2],
            training: .init(
                data: ["a.idx.gz": "00"], steps: 3, picturesSeen: 30, seconds: 1.5),
            weights: .init(file: "", sha256: "", parameters: 0), software: "sluice test")
    }

    /// Writes a model with random weights and runs `body` on its folder.
    private func withModel(
        _ change: (inout [String: HostArray]) -> Void = { _ in },
        _ body: (URL, Flow) throws -> Void
    ) throws {
        let store = ParameterStore(random: Generator(seed: 1))
        let flow = try architecture.flow(imageShape: [1, 8, 8], in: store.root)
        var weights = try store.tensors.mapValues { try $0.hostArray() }
        change(&weights)
        try withTemporaryDirectory { directory in
            let folder = directory.appending(path: "tiny")
            try ModelFolder.write(
                description(architecture), weights: weights, card: "# Tiny\n", to: folder.path)
            try body(folder, flow)
        }
    }

    @Test func `a model comes back as it was written`() throws {
        try withModel { folder, flow in
            let model = try ModelFolder(reading: folder.path)
            #expect(model.card == "# Tiny\n")
            #expect(model.description.architecture == architecture)
            #expect(model.description.bitsPerDimension == 1.25)
            #expect(model.description.training?.picturesSeen == 30)
            let x = try randomImages(2, .float32)
            try expectClose(
                model.flow().encode(x).value, flow.encode(x).value,
                tolerance: .float32(accumulating: 64))
        }
    }

    @Test func `a missing folder or file is named`() throws {
        let error = #expect(throws: ModelError.self) {
            try ModelFolder(reading: "/nonexistent/model")
        }
        #expect(error?.reason == .missingFile("model.json"))
        #expect("\(error as Any)".contains("/nonexistent/model"))
        try withModel { folder, _ in
            try FileManager.default.removeItem(at: folder.appending(path: "model.safetensors"))
            let model = try ModelFolder(reading: folder.path)
            let error = #expect(throws: ModelError.self) { try model.flow() }
            #expect(error?.reason == .missingFile("model.safetensors"))
        }
    }

    @Test func `damaged weights are noticed`() throws {
        try withModel { folder, _ in
            let file = folder.appending(path: "model.safetensors")
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: file)
            let model = try ModelFolder(reading: folder.path)
            let error = #expect(throws: ModelError.self) { try model.flow() }
            guard case .wrongDigest = error?.reason else {
                Issue.record("\(error as Any)")
                return
            }
            try bytes.prefix(100).write(to: file)
            #expect(throws: ModelError.self) { try model.weights() }
        }
    }

    @Test func `weights of another architecture are all listed`() throws {
        try withModel { weights in
            weights["scales.0.channels.1.rescale"] = nil
            weights["scales.9.rescale"] = HostArray([1] as [Float], shape: [1])
            weights["scales.0.channels.0.rescale"] = HostArray([1, 2] as [Float], shape: [2])
            weights["scales.0.channels.2.rescale"] = HostArray(
                [1, .nan] as [Float], shape: [2, 1, 1])
        } _: { folder, _ in
            let model = try ModelFolder(reading: folder.path)
            let error = #expect(throws: ParameterError.self) { try model.flow() }
            #expect(
                error?.problems == [
                    .misshapen(
                        name: "scales.0.channels.0.rescale", expected: [2, 1, 1], found: [2]),
                    .missing(name: "scales.0.channels.1.rescale", shape: [2, 1, 1]),
                    .nonFinite(name: "scales.0.channels.2.rescale"),
                    .unexpected(name: "scales.9.rescale", shape: [1]),
                ])
            #expect(error?.source.hasSuffix("tiny/model.safetensors") == true)
        }
    }

    /// Replaces text in a model's description and reads it.
    private func reading(replacing old: String, by new: String) throws -> (any Error)? {
        var caught: (any Error)?
        try withModel { folder, _ in
            let file = folder.appending(path: "model.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains(old))
            try text.replacing(old, with: new).write(to: file, atomically: true, encoding: .utf8)
            do {
                _ = try ModelFolder(reading: folder.path).flow()
            } catch {
                caught = error
            }
        }
        return caught
    }

    @Test func `a newer version is refused`() throws {
        let error = try reading(replacing: "\"version\" : 1", by: "\"version\" : 2")
        #expect((error as? ModelError)?.reason == .newerVersion(2))
    }

    @Test func `weights outside the folder are refused`() throws {
        let error = try reading(replacing: "model.safetensors", by: "../model.safetensors")
        #expect((error as? ModelError)?.reason == .missingFile("../model.safetensors"))
    }

    @Test(arguments: [
        ("\"width\" : 4", "\"width\" : \"four\""), ("\"blocks\" : 1,", ""),
        ("\"real_nvp\"", "\"unreal\""), ("{", "["),
    ])
    func `a description that is not one is refused with the place`(
        _ old: String, _ new: String
    ) throws {
        let error = try reading(replacing: old, by: new)
        guard case .unreadable("model.json", let why) = (error as? ModelError)?.reason else {
            Issue.record("\(error as Any)")
            return
        }
        #expect(!why.isEmpty)
    }

    @Test(arguments: [
        ("\"width\" : 4", "\"width\" : -4"), ("\"scales\" : 2", "\"scales\" : 64"),
        ("\"scales\" : 2", "\"scales\" : 0"), ("\"blocks\" : 1", "\"blocks\" : 200"),
        ("\"margin\" : 0.05", "\"margin\" : 7"),
        ("\"width\" : 4", "\"width\" : 60000"),
    ])
    func `a description with absurd numbers is refused`(_ old: String, _ new: String) throws {
        #expect(try reading(replacing: old, by: new) != nil)
    }

    @Test func `a Glow of the time before further settings is read`() throws {
        let text = """
            {"glow": {"hidden": 96, "last_steps": 6, "levels": 4, "scale": "bounded",
            "split_prior": "learned", "steps": 5}}
            """
        #expect(
            try JSONDecoder().decode(Architecture.self, from: Data(text.utf8))
                == .glow(
                    .init(levels: 4, steps: 5, lastSteps: 6, hidden: 96, splitPrior: .learned)))
    }

    @Test(arguments: [
        Architecture.glow(
            .init(
                levels: 2, steps: 3, lastSteps: 1, hidden: 8, splitPrior: .learned, scale: .sigmoid)
        ),
        .glow(
            .init(
                levels: 2, steps: 3, lastSteps: 1, hidden: 8, topPrior: .learned, mixing: .lu,
                coupling: .additive)),
        .realNVP(.init(scales: 2, blocks: 3, width: 8, margin: 0.01)),
        .glowIP(
            .init(
                levels: 2, steps: 3, hidden: 8, coupling: .additive, squeeze: .reshapeAll,
                couplingBias: 0.5, lastBias: 1)),
        .glowPyTorch(.init(levels: 2, steps: 3, hidden: 8, mixing: [.plain, .lu])),
        .normflows(
            .init(
                levels: 2, steps: 3, hidden: 8, scale: .inverseSigmoid, mixing: .plain,
                networkNorms: true)),
        .batchNormRealNVP(.init(scales: 2, blocks: 3, width: 8, margin: 0.01)),
    ])
    func `an architecture survives its JSON`(_ architecture: Architecture) throws {
        let data = try JSONEncoder().encode(architecture)
        #expect(try JSONDecoder().decode(Architecture.self, from: data) == architecture)
    }
}
