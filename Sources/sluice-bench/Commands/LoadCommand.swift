import ArgumentParser
import Foundation
import Models
import Programs
import Tensors

/// The command `sluice-bench load`.
struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Times how long it takes until a model can be used.",
        discussion: """
            That is reading the files, which are in the system's memory already, comparing their \
            digests, copying the weights into tensors and folding constants. A model that is not \
            named is written to a temporary folder first, with random weights.
            """)

    @OptionGroup var priorOptions: PriorOptions

    @Option(help: "How the weights of a model that is not named are stored: float32 or bfloat16.")
    var precision = WeightStorage.Precision.float32

    @Option(help: "How often the model is loaded.") var repeats = 9

    @Option(help: "How many threads.") var threads = 2

    @Flag(help: "Print one line of JSON.") var json = false

    func validate() throws {
        for (name, value, limit) in [("repeats", repeats, 10_000), ("threads", threads, 1024)]
        where !(1...limit).contains(value) {
            throw ValidationError("--\(name) is 1 to \(limit), not \(value)")
        }
    }

    func run() throws {
        try TorchProcess.flushDenormals(true)
        try TorchProcess.useThreads(threads)
        // libtorch is up when it has computed something.
        _ = try Tensor.identity(2, .float64).inverse().sum().item()
        let prior = try priorOptions.prior()
        let result =
            if let path = prior.path {
                try LoadResult(measuring: path, repeats: repeats, threads: threads)
            } else {
                try measuredCopy(of: prior)
            }
        print(json ? try result.json() : result.text)
    }

    /// Writes `prior` to a temporary folder, and measures that.
    private func measuredCopy(of prior: BenchPrior) throws -> LoadResult {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "sluice-bench-\(UUID().uuidString)").path
        // What is left there does no harm.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try prior.write(to: folder, storage: WeightStorage(precision))
        return try LoadResult(measuring: folder, repeats: repeats, threads: threads)
    }
}

extension WeightStorage.Precision: ExpressibleByArgument {}
