import Arrays
import Datasets
import Foundation
import Images
import TestSupport
import Testing

/// A user's way from pictures to a model to a restored picture, with `sluice` alone.
@Suite(.timeLimit(.minutes(20))) struct TrainAndRunTests {
    private let sluice = BuiltProgram("sluice")

    private func samples(_ seed: Int) -> [UInt8] {
        (0..<64).map { UInt8(20 + ($0 / 8 + $0 % 8 + seed) % 16 * 14) }
    }

    /// Writes data, a recipe of `steps` steps and a job.
    private func fill(_ folder: URL, steps: Int) throws {
        let writer = try IDXWriter(
            path: folder.appending(path: "pictures.idx").path, itemShape: [8, 8])
        for item in 0..<32 { try writer.append(writer.layout.block(samples(item))) }
        try writer.publish()
        let recipe = """
            version: 1
            name: tiny
            architecture: {real_nvp: {scales: 1, blocks: 1, width: 4}}
            train: [pictures.idx]
            validation: [pictures.idx]
            validation_limit: 8
            batch: 8
            steps: \(steps)
            learning_rate: {peak: 0.01}
            validate_every: 1000000

            """
        try Data(recipe.utf8).write(to: folder.appending(path: "tiny.yaml"))
        let job = folder.appending(path: "stripes")
        try FileManager.default.createDirectory(at: job, withIntermediateDirectories: true)
        let png = try Picture(pixels: HostArray(samples(3), shape: [8, 8, 1])).png()
        try Data(png).write(to: job.appending(path: "a.png"))
        let text = """
            version: 1
            images: a.png
            given: truth
            noise: {gaussian: {std: 0.1}}
            prior: tiny
            solver: {map: {steps: 5}}

            """
        try Data(text.utf8).write(to: job.appending(path: "job.yaml"))
    }

    @Test func `a model is trained and restores a picture`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder, steps: 5)
            let trained = try sluice.run(["train", "tiny.yaml", "--threads", "1"], in: folder)
            #expect(trained.status == 0, "\(trained.errors)")
            #expect(trained.output.hasPrefix("Models/tiny\n"))
            #expect(trained.errors.contains("100 %, step 5 of 5"))

            let solved = try sluice.run(
                ["run", "stripes", "--threads", "1", "--output", "out"], in: folder)
            #expect(solved.status == 0, "\(solved.errors)")
            #expect(solved.output.hasPrefix("out\n1 picture in "))
            let names = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "out").path)
            #expect(
                names.sorted() == [
                    "inputs", "job.resolved.yaml", "job.yaml", "log.txt", "manifest.json",
                    "measurement", "noise", "report.html", "restored", "result.json", "trace.csv",
                ])

            let again = try sluice.run(
                ["run", "out/job.resolved.yaml", "--threads", "1", "--json"], in: folder)
            #expect(again.status == 0, "\(again.errors)")
            let first = try String(
                contentsOf: folder.appending(path: "out/result.json"), encoding: .utf8)
            let (psnr, other) = (try psnr(first), try psnr(again.output))
            #expect(abs(psnr - other) < 1e-4 * psnr)
        }
    }

    /// The mean PSNR that `result.json` states.
    private func psnr(_ result: String) throws -> Double {
        let value = try JSONValue(parsing: result, context: "result")["mean"]?["psnr"]
        guard case .number(let text)? = value else { return .nan }
        return Double(text) ?? .nan
    }

    @Test func `an interrupt saves a checkpoint, and the training goes on`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder, steps: 1000)
            let arguments = ["train", "tiny.yaml", "--threads", "1"]
            let stopped = try sluice.run(arguments, in: folder) { $0.interrupt() }
            #expect(stopped.status == 130)
            let waysOn = "go on with --resume, or make a model of it as it is with --export"
            #expect(stopped.errors.contains("interrupted; " + waysOn))
            #expect(try sluice.run(arguments, in: folder).status == 73)
            let resumed = try sluice.run(arguments + ["--resume", "--minutes", "0"], in: folder)
            #expect(resumed.status == 0, "\(resumed.errors)")
            #expect(resumed.errors.contains("time is over; " + waysOn))
            #expect(
                !FileManager.default.fileExists(
                    atPath: folder.appending(path: "Models/tiny").path))
            let log = try String(
                contentsOf: folder.appending(path: "Models/tiny.training/log.csv"),
                encoding: .utf8)
            let steps = log.split(separator: "\n").dropFirst().compactMap { row in
                row.split(separator: ",").first.flatMap { Int($0) }
            }
            #expect(steps.count > 100)
            #expect(steps == Array(1...steps.count))
            let exported = try sluice.run(arguments + ["--export"], in: folder)
            #expect(exported.status == 0, "\(exported.errors)")
            #expect(exported.output.hasPrefix("Models/tiny\n"))
        }
    }

    @Test func `a second training of a model waits for the first`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder, steps: 1_000_000)
            let arguments = ["train", "tiny.yaml", "--threads", "1", "--resume"]
            var second: Result<BuiltProgram.Outcome, any Error>?
            let first = try sluice.run(arguments, in: folder) { process in
                second = Result { try sluice.run(arguments, in: folder) }
                process.interrupt()
            }
            #expect(first.status == 130)
            #expect(first.errors.hasPrefix("there is no checkpoint in Models/tiny.training"))
            let refused = try #require(second).get()
            #expect(refused.status == 75)
            #expect(refused.errors.contains("another process trains in Models/tiny.training"))
        }
    }

    @Test(arguments: ["run", "train"])
    func `usage is that of sluice`(_ command: String) throws {
        try withTemporaryDirectory { folder in
            let help = try sluice.run([command, "--help"], in: folder)
            #expect(help.status == 0)
            #expect(help.output.contains("USAGE: sluice \(command) <"))
            let mistake = try sluice.run([command], in: folder)
            #expect(mistake.status == 64)
            #expect(mistake.errors.contains("See 'sluice \(command) --help'"))
        }
    }

    @Test(arguments: [
        "66 run missing.yaml", "65 run bad.yaml", "65 run cut.yaml", "66 run lost.yaml",
        "66 run prior.yaml", "64 run", "64 run stripes --threads 0", "66 train missing.yaml",
        "65 train bad.yaml", "66 train tiny.yaml --output elsewhere --export",
        "73 run good.yaml --output good.yaml", "73 train tiny.yaml --output stripes",
        "73 train tiny.yaml --output .", "73 train tiny.yaml --output bad.yaml/x",
    ])
    func `a mistake has its exit code, a message and no output`(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        try withTemporaryDirectory { folder in
            try fill(folder, steps: 1)
            func write(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: folder.appending(path: name))
            }
            let model = folder.appending(path: "Models/tiny").path
            try write("version: 1\nimages: a.gif\nname: x\n", "bad.yaml")
            try write("version: 1\nimages: stripes/a.png\nprior: nobody\n", "prior.yaml")
            try write("version: 1\nimages: lost.png\nprior: tiny\n", "lost.yaml")
            try write("version: 1\nimages: cut.png\nprior: tiny\n", "cut.yaml")
            try write("version: 1\nimages: stripes/a.png\nprior: tiny\n", "good.yaml")
            try write("\u{89}PNG", "cut.png")
            if ["cut.yaml", "lost.yaml", "good.yaml"].contains(where: words.contains) {
                _ = try sluice.run(["train", "tiny.yaml", "--threads", "1"], in: folder)
                #expect(InputFile.exists(model))
            }
            let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            let outcome = try sluice.run(Array(words.dropFirst()), in: folder)
            #expect(String(outcome.status) == words[0], "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
            #expect(!outcome.errors.isEmpty)
            let after = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(Set(after) == Set(before))
        }
    }

    @Test func `two processes train one model`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder, steps: 4)
            let trained = try sluice.run(
                ["train", "tiny.yaml", "--threads", "1", "--processes", "2"], in: folder)
            #expect(trained.status == 0, "\(trained.errors)")
            #expect(trained.output.hasPrefix("Models/tiny\n"))
            let names = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "Models/tiny.training").path)
            #expect(names.sorted() == ["checkpoint.safetensors", "lock", "log.csv"])
            let uneven = try sluice.run(
                ["train", "tiny.yaml", "--processes", "3", "--output", "other"], in: folder)
            #expect(uneven.status == 65)
            #expect(uneven.errors.contains("a batch of 8 pictures cannot be divided equally"))
        }
    }
}
