import Arrays
import Foundation
import Images
import TestSupport
import Testing

/// `sluice model`, with the models of the repository.
@Suite(.timeLimit(.minutes(20))) struct ModelCommandTests {
    private static let mnist = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Models/mnist")
    private let sluice = BuiltProgram("sluice")

    /// Runs `sluice model` with the words of `line` in `folder`.
    private func model(_ line: String, in folder: URL) throws -> BuiltProgram.Outcome {
        let words = line.split(separator: " ").map(String.init)
        return try sluice.run(["model"] + words, in: folder)
    }

    /// Copies mnist to `Models/digits`, and writes pictures of all kinds.
    private func fill(_ folder: URL) throws {
        let models = folder.appending(path: "Models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Self.mnist, to: models.appending(path: "digits"))
        func place(_ name: String) -> String { folder.appending(path: name).path }
        let samples = (0..<784).map { UInt8($0 / 28 * 9) }
        let pixels = HostArray(samples, shape: [28, 28, 1])
        try OutputFile.write(Picture(pixels: pixels).png(), to: place("a.png"))
        let small = HostArray([UInt8](repeating: 7, count: 64), shape: [8, 8, 1])
        try OutputFile.write(Picture(pixels: small).png(), to: place("small.png"))
        let values = (0..<1568).map { Float($0 * 37 % 101) / 100 }
        try NPYFile(HostArray(values, shape: [2, 1, 28, 28])).write(to: place("x.npy"))
        let nan = HostArray([Float](repeating: .nan, count: 784), shape: [1, 1, 28, 28])
        try NPYFile(nan).write(to: place("nan.npy"))
        try NPZFile(["z0": nan]).write(to: place("part.npz"))
        try OutputFile.write(Array("text".utf8), to: place("text.txt"))
        try OutputFile.write([], to: place("there.npz"))
    }

    @Test func `models are listed, shown and verified`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let list = try model("list", in: folder)
            #expect(list.status == 0)
            #expect(list.output.contains("digits"))
            #expect(list.output.contains("28×28 gray     8  1.193 bits/dim"))
            let json = try JSONValue(
                parsing: model("list --json", in: folder).output, context: "list")
            #expect(json.array?.first?["folder"]?.string == "Models/digits")

            let show = try model("show digits", in: folder)
            #expect(show.output.contains("architecture    real_nvp: blocks"))
            #expect(show.output.contains("Terms: MNIST is available"))
            let facts = try JSONValue(
                parsing: model("show Models/digits --json", in: folder).output, context: "show")
            #expect(facts["name"]?.string == "mnist")
            #expect(facts["memory"]?["map_iteration_bytes"]?.integer ?? 0 > 1_000_000)

            let verified = try model("verify digits --samples 8", in: folder)
            #expect(verified.status == 0, "\(verified.output)")
            #expect(verified.output.split(separator: "\n").count == 7)
            #expect(!verified.output.contains("FAILS"))
        }
    }

    @Test func `a damaged model is listed as broken and fails its verification`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let weights = folder.appending(path: "Models/digits/model.safetensors")
            try Data(contentsOf: weights).dropLast().write(to: weights)
            let verified = try model("verify digits --json", in: folder)
            #expect(verified.status == 65)
            let json = try JSONValue(parsing: verified.output, context: "verify")
            #expect(json["passed"] == .bool(false))
            #expect(json["checks"]?.array?.count == 1)
            #expect(try model("show digits", in: folder).status == 65)
            try FileManager.default.removeItem(at: weights)
            let list = try model("list", in: folder)
            #expect(list.status == 0)
            #expect(list.output.contains("digits cannot be used: "))
        }
    }

    @Test func `pictures go to latents and back`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let encoded = try model("encode digits x.npy a.png --output z.npz", in: folder)
            #expect(encoded.status == 0, "\(encoded.errors)")
            #expect(encoded.output.hasPrefix("z.npz\n3 pictures, mean log-likelihood "))
            let again = try model("encode digits x.npy -o z.npz --replace --json", in: folder)
            let json = try JSONValue(parsing: again.output, context: "encode")
            #expect(json["pictures"]?.array?.last?["name"]?.string == "x.npy[1]")
            for (line, file) in [
                ("decode digits z.npz --output y.npy", "y.npy"),
                ("decode digits z.npz --output y.npz", "y.npz"),
            ] {
                let decoded = try model(line, in: folder)
                #expect(decoded.output == file + "\n", "\(decoded.errors)")
            }
            let x = try NPYFile(reading: folder.path + "/x.npy").array
            let y = try NPYFile(reading: folder.path + "/y.npy").array
            #expect(try NPZFile(reading: folder.path + "/y.npz").arrays == ["x": y])
            #expect(y.shape == x.shape)
            let pairs = try zip(x.values(as: Float.self), y.values(as: Float.self))
            #expect(pairs.allSatisfy { abs($0 - $1) < 0.01 })

            #expect(try model("decode digits z.npz -o own.npy --raw", in: folder).status == 0)
            let own = try model("encode digits own.npy --raw -o own.npz", in: folder)
            #expect(own.status == 0, "\(own.errors)")
        }
    }

    @Test func `a sheet of samples is drawn, and replaced only when asked for`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let line = "sample digits --count 3 --seed 4 -o sheet.png"
            let drawn = try model(line, in: folder)
            #expect(drawn.output == "sheet.png\n", "\(drawn.errors)")
            let refused = try model(line, in: folder)
            #expect(refused.status == 73)
            #expect(refused.errors.contains("--replace"))
            #expect(try model(line + " --replace", in: folder).status == 0)
            let bytes = try InputFile(folder.path + "/sheet.png").contents()
            #expect(try Picture(decoding: bytes, name: "sheet").color == .gray)
        }
    }

    @Test(arguments: [
        "64 show", "64 nonsense", "66 show nobody", "66 verify ./nobody",
        "64 verify digits --samples 0",
        "64 sample digits --count 0", "64 sample digits --temperature -1",
        "73 sample digits -o nowhere/s.png", "64 encode digits a.png", "64 encode digits -o z.npz",
        "64 encode digits a.png -o z.txt", "66 encode digits none.png -o z.npz",
        "65 encode digits small.png -o z.npz", "65 encode digits text.txt -o z.npz",
        "65 encode digits nan.npy -o z.npz", "65 encode digits a.png --raw -o z.npz",
        "73 encode digits a.png -o there.npz", "73 encode digits a.png -o nowhere/z.npz",
        "64 decode digits part.npz -o x.png", "65 decode digits part.npz -o y.npy",
        "66 decode digits none.npz -o y.npy", "65 decode digits a.png -o y.npy",
        "64 decode digits part.npz -o part.npz --replace", "73 decode digits part.npz -o x.npy",
    ])
    func `a mistake has its exit code, a message and no output`(_ line: String) throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            let outcome = try model(String(line.dropFirst(3)), in: folder)
            #expect(String(outcome.status) == line.prefix(2), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
            #expect(!outcome.errors.isEmpty)
            let after = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(Set(after) == Set(before))
        }
    }

    @Test func `usage is that of sluice`() throws {
        try withTemporaryDirectory { folder in
            let help = try model("encode --help", in: folder)
            #expect(help.status == 0)
            #expect(help.output.contains("USAGE: sluice model encode <name>"))
        }
    }
}
