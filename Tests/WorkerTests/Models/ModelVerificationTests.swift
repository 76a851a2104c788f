import Arrays
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Worker

@Suite(.timeLimit(.minutes(20))) struct ModelVerificationTests {
    /// The checks of the model in `path`.
    private func checks(_ path: String, samples: Int = 40) throws -> [ModelCheck] {
        var checks: [ModelCheck] = []
        try ModelVerification(
            ModelFolder(reading: path), samples: samples, seed: 0, on: .cpu
        ).run { checks.append($0) }
        return checks
    }

    @Test(arguments: [TinyModel.glow, TinyModel.realNVP])
    func `a model that is what it says passes every check`(
        _ architecture: Architecture
    ) throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(architecture, to: folder.path + "/tiny")
            let checks = try checks(folder.path + "/tiny")
            #expect(
                checks.map(\.name) == [
                    "file model.safetensors", "weights", "decode(encode(x)) = x",
                    "encode(decode(z)) = z", "log-determinants", "log-det of the Jacobian",
                    "decode for |z| ≤ 6",
                ])
            for check in checks {
                #expect(check.outcome == .passed, "\(check.text)")
                #expect(check.text.hasPrefix("ok "))
                if let value = check.value, let limit = check.limit { #expect(value <= limit) }
            }
            #expect(checks.last?.json["outcome"]?.string == "passed")
        }
    }

    @Test func `progress is told while pictures are made`() throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(to: folder.path + "/tiny")
            var done: [Int] = []
            try ModelVerification(
                ModelFolder(reading: folder.path + "/tiny"), samples: 70, seed: 0, on: .cpu
            ).run { _ in
            } progress: {
                done.append($0)
            }
            #expect(done == [32, 64, 70])
        }
    }

    @Test func `every damaged file is named, and nothing is computed with it`() throws {
        try withTemporaryDirectory { folder in
            let path = folder.path + "/tiny"
            try TinyModel.write(to: path, storage: WeightStorage(largestFile: 4000))
            let file = path + "/model-00002-of-"
            let name = try #require(
                FolderEntry.all(in: path).map { "\(path)/\($0.name)" }
                    .first { $0.hasPrefix(file) })
            var bytes = try InputFile(name).contents()
            bytes[bytes.count - 1] ^= 1
            try OutputFile.write(bytes, to: name)
            let checks = try checks(path)
            let files = try ModelFolder(reading: path).description.weights.files
            #expect(checks.map(\.name) == files.map { "file \($0.file)" })
            #expect(checks.filter { $0.outcome == .failed }.count == 1)
            #expect(checks[1].detail.contains("copy the whole folder again"))
        }
    }

    @Test func `weights that do not fit are all named`() throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(to: folder.path + "/tiny") { weights in
                weights["actnorm.shift"] = nil
                weights["more"] = HostArray([1] as [Float], shape: [1])
            }
            let checks = try checks(folder.path + "/tiny")
            #expect(checks.map(\.outcome) == [.passed, .failed])
            #expect(checks[1].detail.contains("missing: actnorm.shift"))
            #expect(checks[1].detail.contains("unexpected: more"))
        }
    }

    @Test func `a number of parameters that the files do not have is noticed`() throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(to: folder.path + "/tiny", parameters: 1_000_000)
            let check = try checks(folder.path + "/tiny")[1]
            #expect(check.outcome == .failed)
            #expect(check.text.hasPrefix("FAILS"))
        }
    }

    @Test func `a model whose pictures are not finite fails`() throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(TinyModel.glow, to: folder.path + "/tiny") { weights in
                for (name, array) in weights where name.hasSuffix("actnorm.log_scale") {
                    weights[name] = HostArray(
                        [Float](repeating: -80, count: array.count), shape: array.shape)
                }
            }
            let checks = try checks(folder.path + "/tiny")
            let last = try #require(checks.last)
            #expect(last.name == "decode for |z| ≤ 6")
            #expect(last.outcome == .failed)
            #expect(last.value ?? 0 > 0)
        }
    }
}
