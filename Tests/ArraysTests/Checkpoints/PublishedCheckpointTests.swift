import Arrays
import Foundation
import TestSupport
import Testing

private let goldens = ProcessInfo.processInfo.environment["SLUICE_DATA"].map {
    URL(filePath: $0).deletingLastPathComponent().appending(path: "goldens")
}

/// Models of other programs, which are too large to be kept here.
@Suite(.enabled(if: goldens != nil, "SLUICE_DATA names no folder with data"))
struct PublishedCheckpointTests {
    /// The checkpoints beside the data that are no tests of their container.
    private let urls: [URL]

    init() throws {
        let folder = try #require(goldens)
        let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let files = try #require(walk).compactMap { $0 as? URL }
        urls = files.filter { url in
            ["pt", "pth"].contains(url.pathExtension) && !url.path.contains("/containers/")
        }
    }

    @Test func `every published model is read`() throws {
        try #require(urls.count > 20)
        for url in urls {
            let file = try CheckpointFile(reading: url.path)
            #expect(file.tensors.count >= 10, "\(url.path)")
        }
    }

    @Test func `the archive and the stream of a model hold the same`() throws {
        let streams = urls.filter { $0.lastPathComponent.hasSuffix("_legacy.pt") }
        var count = 0
        for stream in streams {
            let archive = URL(
                filePath: stream.path.replacingOccurrences(of: "_legacy.pt", with: ".pt"))
            guard FileManager.default.fileExists(atPath: archive.path) else { continue }
            let (old, new) = (
                try CheckpointFile(reading: stream.path), try CheckpointFile(reading: archive.path)
            )
            #expect(old == new, "\(stream.path)")
            count += 1
        }
        #expect(count >= 8)
    }
}
