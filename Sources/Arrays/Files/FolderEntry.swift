import Glibc

/// Something in a folder.
package struct FolderEntry: Equatable, Sendable {
    package let name: String
    /// It is a folder itself, not a link to one.
    package let isFolder: Bool

    /// Everything in the folder at `path` but itself and its parent, in no particular order.
    ///
    /// - Throws: `ArrayError` when the folder cannot be read.
    package static func all(in path: String) throws(ArrayError) -> [FolderEntry] {
        guard let folder = opendir(path) else {
            throw ArrayError(.system(operation: .open, code: errno), in: path)
        }
        defer { closedir(folder) }
        var entries: [FolderEntry] = []
        while true {
            // The only sign of an error is that errno changes.
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            entries.append(FolderEntry(name: name, isFolder: isFolder("\(path)/\(name)")))
        }
        guard errno == 0 else {
            throw ArrayError(.system(operation: .read, code: errno), in: path)
        }
        return entries
    }

    /// Whether there is a folder at `path`, perhaps behind a link.
    package static func isFolder(behind path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes the folder at `path` and those above it, where they are missing.
    ///
    /// - Throws: `ArrayError` when one cannot be made, for instance because a file has its name.
    package static func makeFolder(_ path: String) throws(ArrayError) {
        var place = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            place += "/\(part)"
            guard mkdir(place, 0o777) != 0 else { continue }
            let code = errno
            if isFolder(behind: place) { continue }
            throw ArrayError(
                .system(operation: .create, code: code == EEXIST ? ENOTDIR : code), in: path)
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        // What vanished meanwhile is reported when it is opened.
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
