/// A path beneath the root of the daemon: plain names only, so it cannot climb out.
package struct SpoolPath: Hashable, Sendable {
    package let names: [FileName]

    /// The root itself.
    package static let root = SpoolPath([])

    package init(_ names: [FileName]) {
        self.names = names
    }

    package static func / (path: SpoolPath, name: FileName) -> SpoolPath {
        SpoolPath(path.names + [name])
    }

    package static func / (path: SpoolPath, name: String) -> SpoolPath {
        path / FileName(name)
    }

    /// The path of a file that `relative` names beneath this one.
    ///
    /// - Returns: nil when `relative` is empty or absolute, or has a `.`, `..` or empty component.
    package func beneath(_ relative: String) -> SpoolPath? {
        let parts = relative.utf8.split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        )
        .map { FileName(bytes: Array($0)) }
        guard parts.allSatisfy(\.isPlain), parts.count <= 64 else { return nil }
        return SpoolPath(names + parts)
    }

    /// The folder that the path lies in; the root for the root.
    package var parent: SpoolPath { SpoolPath(Array(names.dropLast())) }

    /// The last name; nil for the root.
    package var last: FileName? { names.last }

    /// The bytes that the kernel wants, without a leading slash; `.` for the root.
    package var bytes: [UInt8] {
        names.isEmpty ? [UInt8(ascii: ".")] : Array(names.map(\.bytes).joined(separator: [47]))
    }

    /// Whether this is `folder` or lies beneath it.
    package func isWithin(_ folder: SpoolPath) -> Bool { names.starts(with: folder.names) }

    /// The path as seen from `folder`, which it lies beneath.
    func relative(to folder: SpoolPath) -> SpoolPath {
        SpoolPath(Array(names.dropFirst(folder.names.count)))
    }

    /// Every path above this one below the root, the uppermost first.
    package var ancestors: [SpoolPath] {
        names.indices.dropFirst().map { SpoolPath(Array(names[..<$0])) }
    }
}

extension SpoolPath: CustomStringConvertible {
    package var description: String { String(decoding: bytes, as: UTF8.self) }
}
