import ArgumentParser
import Foundation
import Physics
import Programs
import Tensors

/// The command `sluice-bench operators`.
struct OperatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operators",
        abstract: "Times forward operators and their adjoints.",
        discussion: """
            Blurs by kernels of every size, computed in both ways, and a dense random matrix beside \
            the rate at which its memory can be read.
            """)

    @Option(help: "How many pictures of 3 × 64 × 64 at a time.") var batch = 8

    @Option(help: "Measurements of the random matrix.") var measurements = 5000

    @Option(help: "How often each is repeated.") var repeats = 9

    @Option(help: "How many threads.") var threads = 2

    @Flag(help: "Print one line of JSON.") var json = false

    func validate() throws {
        for (name, value, limit) in [
            ("batch", batch, 1024), ("measurements", measurements, 100_000),
            ("repeats", repeats, 10_000), ("threads", threads, 1024),
        ] where !(1...limit).contains(value) {
            throw ValidationError("--\(name) is 1 to \(limit), not \(value)")
        }
    }

    func run() throws {
        try TorchProcess.flushDenormals(true)
        try TorchProcess.useThreads(threads)
        let result = try OperatorsResult(
            batch: batch, measurements: measurements, repeats: repeats, threads: threads)
        print(json ? try result.json() : result.text)
    }
}
