import Arrays
import Foundation
import Glibc
import TestSupport
import Testing

/// Daemon and worker as users have them, killed while they restore pictures.
@Suite(.serialized) struct KilledWorkTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let names = (0..<20).map { "digit\($0)" }

    @Test(.timeLimit(.minutes(20)))
    func `fifty kills of daemon and worker leave every job one success`() throws {
        try withTemporaryDirectory { root in
            let models = Self.repository.appending(path: "Models").path
            let daemon = try RunningDaemon(
                root: root, configuration: "models: [\(models)]\n", worker: "sluice-worker")
            for name in Self.names { try submit(name, to: root) }
            var generator = SeededGenerator(seed: 3)
            for round in 0..<50 {
                if daemon.process == nil { try daemon.start() }
                // Any moment will do: this is the one thing that is left to chance.
                usleep(UInt32.random(in: 5_000..<900_000, using: &generator))
                if round.isMultiple(of: 2) {
                    daemon.kill(with: SIGKILL)
                } else {
                    for worker in daemon.workers { Glibc.kill(worker, SIGKILL) }
                }
            }
            if daemon.process == nil { try daemon.start() }
            daemon.wait(seconds: 300) { daemon.results.count >= Self.names.count }
            #expect(daemon.kill(with: SIGTERM) == 0)
            #expect(daemon.results.map(Self.name).sorted() == Self.names.sorted(), "\(daemon.log)")
            for result in daemon.results {
                try expectSuccess(root.appending(path: "Outbox/\(result)"))
            }
        }
    }

    /// A few steps on one digit: a kill may come at every stage of such a job.
    private func submit(_ name: String, to root: URL) throws {
        let picture = Self.repository.appending(path: "etc/jobs/stripes-on-digits/digit-03.png")
        let source = root.appending(path: "sources/\(name)")
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: picture, to: source.appending(path: "digit.png"))
        let job = """
            version: 1
            images: [digit.png]
            given: truth
            noise: {sine: {amplitude: 0.4}}
            prior: mnist
            solver: {map: {steps: 10}}

            """
        try Data(job.utf8).write(to: source.appending(path: "job.yaml"))
        let outcome = try BuiltProgram("sluice").run(
            ["submit", source.path, "--name", name, "--root", root.path], in: root)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    private static func name(_ result: String) -> String {
        result.components(separatedBy: "--")[0]
    }

    private func expectSuccess(_ folder: URL) throws {
        let text = try String(contentsOf: folder.appending(path: "result.json"), encoding: .utf8)
        let result = try JSONValue(parsing: text, context: folder.path)
        #expect(result["mean"]?["psnr"]?.number != nil, "\(folder.lastPathComponent)")
        for file in ["restored/digit.png", "inputs/digit.png", "report.html", "manifest.json"] {
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: file).path))
        }
    }
}
