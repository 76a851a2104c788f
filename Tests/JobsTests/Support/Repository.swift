import Foundation

/// Files of the repository that tests read.
enum Repository {
    /// The top folder.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func bytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: root.appending(path: path)))
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The names of the files in a folder of `Tests/Fixtures/Jobs`, sorted, without extension.
    static func fixtures(_ folder: String) -> [String] {
        let path = root.appending(path: "Tests/Fixtures/Jobs/\(folder)").path()
        // A folder that cannot be read gives no cases, which a test of their number notices.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }
}
