import Arrays
import Foundation
import TestSupport
import Testing

/// `sluice model convert`, on files of other programs.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(
        if: ProcessInfo.processInfo.environment["SLUICE_DATA"] != nil,
        "SLUICE_DATA names no folder with data"))
struct ModelConvertTests {
    private let sluice = BuiltProgram("sluice")

    private func golden(_ path: String) -> String {
        let data = ProcessInfo.processInfo.environment["SLUICE_DATA"] ?? ""
        return URL(filePath: data).deletingLastPathComponent()
            .appending(path: "goldens/\(path)").path
    }

    private func convert(
        _ source: String, _ words: [String], in folder: URL
    ) throws -> BuiltProgram.Outcome {
        try sluice.run(
            ["model", "convert", source, "--output", "Models/theirs"] + words, in: folder)
    }

    private func note(_ outcome: BuiltProgram.Outcome, _ text: String) {
        #expect((outcome.output + outcome.errors).contains(text), "\(outcome)")
    }

    @Test func `weights of GlowIP become a model that can be used`() throws {
        try withTemporaryDirectory { folder in
            let source = golden("glowip/trained_head/glowmodel.pt")
            let converted = try convert(source, ["--from", "glowip"], in: folder)
            #expect(converted.status == 0, "\(converted.errors)")
            note(converted, "Models/theirs\n")
            note(converted, "detected squeeze: space-to-depth")
            note(converted, "self-test: pictures come back")
            let shown = try sluice.run(["model", "show", "theirs"], in: folder)
            note(shown, "glowmodel.pt")
            let verified = try sluice.run(
                ["model", "verify", "theirs", "--samples", "16"], in: folder)
            #expect(verified.status == 0, "\(verified.output)")
            let again = try convert(source, ["--from", "glowip"], in: folder)
            #expect(again.status == 0, "an older model is replaced: \(again.errors)")
        }
    }

    @Test func `a generator becomes a model that makes pictures`() throws {
        try withTemporaryDirectory { folder in
            let source = golden("dcgan/ngf8_nz100/dcgan_G.pt")
            #expect(try convert(source, ["--from", "dcgan", "--bfloat16"], in: folder).status == 0)
            let sample = try sluice.run(
                ["model", "sample", "theirs", "--count", "4", "-o", "s.png"], in: folder)
            #expect(sample.status == 0, "\(sample.errors)")
            let encode = try sluice.run(
                ["model", "encode", "theirs", "s.png", "-o", "z.npz"], in: folder)
            #expect(encode.status == 65, "\(encode)")
        }
    }

    @Test func `wrong files and options are answered with what to do`() throws {
        try withTemporaryDirectory { folder in
            let dcgan = golden("dcgan/ngf8_nz100/dcgan_G.pt")
            let other = try convert(dcgan, ["--from", "glowip"], in: folder)
            #expect(other.status == 65)
            note(other, "no weights of the format glowip")
            #expect(!other.errors.contains("bug"))
            #expect(try convert("none.pt", ["--from", "dcgan"], in: folder).status == 66)
            #expect(try convert(dcgan, ["--from", "caffe"], in: folder).status == 64)
            let script = try convert(
                golden("containers/torch/torchscript.pt"), ["--from", "dcgan"], in: folder)
            #expect(script.status == 65)
            note(script, "TorchScript")
            let sizeless = try convert(
                golden("rosinality_glow/affine_lu_k2l3_16/model_plain.pt"),
                ["--from", "glow-pytorch"], in: folder)
            #expect(sizeless.status == 65)
            note(sizeless, "--size")
            let models = folder.appending(path: "Models/theirs").path
            #expect(!FileManager.default.fileExists(atPath: models))
        }
    }

    @Test func `files that are no model are not replaced`() throws {
        try withTemporaryDirectory { folder in
            let models = folder.appending(path: "Models/theirs")
            try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
            let thesis = models.appending(path: "thesis.tex").path
            try OutputFile.write(Array("years".utf8), to: thesis)
            let source = golden("dcgan/ngf8_nz100/dcgan_G.pt")
            #expect(try convert(source, ["--from", "dcgan"], in: folder).status == 73)
            #expect(FileManager.default.fileExists(atPath: thesis))
        }
    }
}
