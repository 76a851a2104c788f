import ArgumentParser
import Arrays
import Datasets
import Foundation
import Programs

/// The command `sluice-bench open`.
struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Times opening a data set and reading one picture of it.",
        discussion: """
            A data set that is not named is written to a temporary folder first: digits of 28 × 28 \
            pixels, not compressed.
            """)

    @Argument(help: "An IDX file.") var file: String?

    @Option(help: "The pictures of a data set that is not named.") var pictures = 60_000

    @Option(help: "How often it is opened.") var repeats = 21

    @Flag(help: "Print one line of JSON.") var json = false

    func validate() throws {
        for (name, value, limit) in [
            ("pictures", pictures, 10_000_000), ("repeats", repeats, 100_000),
        ] where !(1...limit).contains(value) {
            throw ValidationError("--\(name) is 1 to \(limit), not \(value)")
        }
    }

    func run() throws {
        guard let file else {
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "sluice-bench-\(UUID().uuidString)")
            // What is left there does no harm.
            defer { try? FileManager.default.removeItem(at: folder) }
            return try show(written(to: folder))
        }
        try show(file)
    }

    private func show(_ path: String) throws {
        let result = try OpenResult(measuring: path, repeats: repeats)
        print(json ? try result.json() : result.text)
    }

    /// Digits of the same bytes, written a thousand at a time.
    private func written(to folder: URL) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "digits.idx").path
        let writer = try IDXWriter(path: path, itemShape: [28, 28])
        var left = pictures
        while left > 0 {
            let count = min(left, 1000)
            let bytes = (0..<count * 784).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try writer.append(try writer.layout.block(bytes))
            left -= count
        }
        _ = try writer.finish()
        try writer.publish()
        return path
    }
}
