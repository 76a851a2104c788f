import Daemon
import Jobs

/// A file of a result that the page shows: pictures and the report, and nothing else of the root.
struct ResultFile {
    let content: [UInt8]
    let type: String

    /// The largest file that is sent.
    private static let limit = 64 << 20

    /// The file at `path`, such as `NAME--ID/restored/a.png`; nil when it is none of those.
    init?(_ path: [String], _ files: LinuxFileSystem) {
        guard let result = path.first, ResultName(result) != nil,
            let place = (Layout.outbox / result).beneath(path.dropFirst().joined(separator: "/")),
            let type = Self.type(Array(path.dropFirst()))
        else { return nil }
        // Whatever keeps it from being read, there is nothing to show.
        guard let content = try? files.read(place, limit: Self.limit) else { return nil }
        self.content = content
        self.type = type
    }

    private static func type(_ path: [String]) -> String? {
        if path == ["report.html"] { return "text/html; charset=utf-8" }
        guard path.count >= 2, path.last?.hasSuffix(".png") == true,
            ["restored", "measurement", "noise"].contains(path[0])
        else { return nil }
        return "image/png"
    }
}
