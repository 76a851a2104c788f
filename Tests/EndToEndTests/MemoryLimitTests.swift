import Foundation
import TestSupport
import Testing

/// `sluice run` where the system gives it little memory, as a control group or `ulimit` does.
@Suite(.timeLimit(.minutes(10))) struct MemoryLimitTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Restores `count` copies of a picture with so much memory for data.
    private func restore(
        _ picture: String, _ count: Int, prior: String, mebibytes: Int
    ) throws -> (outcome: BuiltProgram.Outcome, pictures: Int) {
        try withTemporaryDirectory { folder in
            let source = Self.repository.appending(path: "etc/jobs/\(picture)")
            for number in 0..<count {
                try FileManager.default.copyItem(
                    at: source, to: folder.appending(path: "picture-\(number).png"))
            }
            let text = """
                version: 1
                images: picture-*.png
                given: truth
                noise: {sine: {amplitude: 0.4}}
                prior: \(prior)
                solver: {map: {steps: 2}}
                output: {report: false}

                """
            try Data(text.utf8).write(to: folder.appending(path: "job.yaml"))
            let sluice = BuiltProgram("sluice").url.path
            let models = Self.repository.appending(path: "Models").path
            let outcome = try BuiltProgram(at: URL(filePath: "/bin/sh")).run(
                [
                    "-c", "ulimit -d \(mebibytes << 10); exec \"$@\"", "sh", sluice, "run",
                    "job.yaml", "--threads", "1", "--models", models, "--output", "out",
                ], in: folder)
            let restored = folder.appending(path: "out/restored").path
            let names = (try? FileManager.default.contentsOfDirectory(atPath: restored)) ?? []
            return (outcome, names.count)
        }
    }

    @Test func `what does not fit at once is done in smaller batches`() throws {
        let digit = "stripes-on-digits/digit-00.png"
        let (outcome, pictures) = try restore(digit, 48, prior: "mnist", mebibytes: 110)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(pictures == 48)
    }

    @Test func `what does not fit at all is the machine's fault, and not the job's`() throws {
        let face = "faces-by-bm3d/drawn-0.png"
        let (outcome, pictures) = try restore(face, 1, prior: "faces64", mebibytes: 100)
        #expect(outcome.status == 71, "\(outcome.errors)")
        #expect(outcome.errors.contains("give the worker more memory"), "\(outcome.errors)")
        #expect(pictures == 0)
    }
}
