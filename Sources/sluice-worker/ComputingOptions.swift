import ArgumentParser
import Foundation
import Programs
import Tensors
import Worker

/// What a command computes with.
struct ComputingOptions: ParsableArguments {
    @Option(help: "auto, cpu or cuda; auto is a GPU where there is one.")
    var device = DeviceChoice.auto

    @Option(help: "How many threads; by default one for every core.")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads is 1 to 1024, not \(threads)")
        }
    }

    /// Makes libtorch ready.
    ///
    /// More threads than cores work, with a warning.
    ///
    /// - Parameter processes: how many processes share the cores.
    /// - Returns: how many threads it uses.
    /// - Throws: `TorchError` when it refuses.
    func prepare(sharedBy processes: Int = 1) throws -> Int {
        // Numbers too small for full precision are slow and of no use here.
        try TorchProcess.flushDenormals(true)
        if let threads {
            let cores = ProcessInfo.processInfo.activeProcessorCount
            if threads * processes > cores {
                StandardError.write(
                    "warning: \(threads * processes) threads wait for each other on \(cores) "
                        + "cores; without --threads there is one for every core")
            }
            try TorchProcess.useThreads(threads)
        } else if processes > 1 {
            try TorchProcess.useThreads(max(TorchProcess.threads() / processes, 1))
        }
        return try TorchProcess.threads()
    }
}

extension DeviceChoice: ExpressibleByArgument {}
