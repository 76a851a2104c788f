import ArgumentParser
import Foundation
import Programs
import Tensors

/// How a measurement is made and shown.
struct MeasuringOptions: ParsableArguments {
    @Option(help: "Pictures at a time.")
    var batch = 1

    @Option(help: "Iterations that are timed, after two that are not.")
    var iterations = 10

    @Option(help: "How many threads.")
    var threads = 2

    @Option(help: "Rows of the matrices whose products the speed is compared with.")
    var matrixRows = 2048

    @Flag(help: "Print one line of JSON.")
    var json = false

    func validate() throws {
        for (name, value, limit) in [
            ("batch", batch, 4096), ("iterations", iterations, 1_000_000),
            ("threads", threads, 1024), ("matrix-rows", matrixRows, 16_384),
        ] where !(1...limit).contains(value) {
            throw ValidationError("--\(name) is 1 to \(limit), not \(value)")
        }
    }

    /// Makes libtorch ready, as the programs that solve and train do.
    ///
    /// - Throws: `TorchError` when it refuses.
    func prepare() throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        if threads > cores {
            StandardError.write("warning: \(threads) threads wait for each other on \(cores) cores")
        }
        try TorchProcess.flushDenormals(true)
        try TorchProcess.useThreads(threads)
    }

    /// Shows what was measured.
    ///
    /// - Throws: what encoding throws.
    func show(_ result: BenchResult) throws {
        print(json ? try result.json() : result.text)
    }
}
