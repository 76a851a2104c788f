/// What `lstat` says about a file: two equal stamps mean that nothing has happened in between.
package struct FileStamp: Hashable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case file, folder, link, other
    }

    package var kind: Kind
    package var inode: UInt64
    package var bytes: Int
    /// Nanoseconds since 1970.
    package var modified: Int
    /// Nanoseconds since 1970; changed by the kernel only.
    package var changed: Int

    package init(kind: Kind, inode: UInt64, bytes: Int, modified: Int, changed: Int) {
        self.kind = kind
        self.inode = inode
        self.bytes = bytes
        self.modified = modified
        self.changed = changed
    }

    /// Whether this is the same file with the same content, though it may have been renamed.
    package func isSameContent(as other: FileStamp) -> Bool {
        kind == other.kind && inode == other.inode && bytes == other.bytes
            && modified == other.modified
    }
}

extension FileStamp: Codable {}

extension FileStamp.Kind {
    /// The kind in words, for a message about something that should have been a file.
    package var words: String {
        switch self {
        case .file: "a file"
        case .folder: "a folder"
        case .link: "a symbolic link"
        case .other: "a pipe, socket or device"
        }
    }
}
