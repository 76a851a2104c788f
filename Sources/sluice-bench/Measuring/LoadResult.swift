import Arrays
import Foundation
import Models
import Programs

/// How long it takes to load a model, in seconds.
struct LoadResult: Codable, Equatable {
    let software: String
    let parameters: Int
    let threads: Int
    /// The files of the weights.
    let files: Int
    let bytes: Int
    /// The median, from the folder to a flow that can be used.
    let seconds: Double
    let fastest: Double
    /// The first one, for which libtorch has nothing prepared.
    let first: Double
    /// The part of the median that reads and checks the files.
    let weightsSeconds: Double
    /// The part of that which computes digests.
    let digestSeconds: Double

    /// Loads the model in the folder `path` once, and then `repeats` times more.
    ///
    /// - Throws: `ModelError`, `ParameterError` or `TorchError`.
    init(measuring path: String, repeats: Int, threads: Int) throws {
        func median(_ body: () throws -> Void) throws -> (median: Double, fastest: Double) {
            let clock = ContinuousClock()
            let times = try (0..<repeats).map { _ in try clock.measure(body) / .seconds(1) }
                .sorted()
            return (times[repeats / 2], times[0])
        }
        first =
            try ContinuousClock().measure {
                _ = try ModelFolder(reading: path).flow()
            } / .seconds(1)
        let whole = try median { _ = try ModelFolder(reading: path).flow() }
        let folder = try ModelFolder(reading: path)
        let contents = try folder.description.weights.files.map { try folder.contents(of: $0) }
        weightsSeconds = try median { _ = try folder.weights() }.median
        digestSeconds = try median { for file in contents { _ = SHA256.hexadecimal(of: file) } }
            .median
        (seconds, fastest) = whole
        software = Software.name
        parameters = folder.description.weights.parameters
        files = contents.count
        bytes = contents.reduce(0) { $0 + $1.count }
        self.threads = threads
    }

    /// The same for people.
    var text: String {
        func milliseconds(_ seconds: Double) -> String { String(format: "%.1f ms", seconds * 1e3) }
        return """
            \(milliseconds(seconds)) (fastest \(milliseconds(fastest)), first \
            \(milliseconds(first))), \(String(format: "%.1f", Double(bytes) / 1e6)) MB in \
            \(files) files, \(parameters) parameters, \(threads) threads
            \(milliseconds(weightsSeconds)) of them for the files, \
            \(milliseconds(digestSeconds)) of those for digests
            """
    }

    enum CodingKeys: String, CodingKey {
        case software, parameters, threads, files, bytes, seconds, fastest, first
        case weightsSeconds = "weights_seconds"
        case digestSeconds = "digest_seconds"
    }
}
