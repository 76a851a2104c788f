import Arrays

/// The PNG and JPEG files in a folder and the folders inside it, by name.
///
/// Hidden files and folders are left out; links to folders are not followed.
package struct FolderSource: PictureSource {
    package let path: String
    package let kind = SourceKind.folder

    package init(_ path: String) {
        self.path = path
    }

    package func names() throws(DatasetError) -> [String] {
        // Sorted by code point, so that the order does not depend on the user's language.
        try names(in: "").sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    }

    package func reader() throws(DatasetError) -> any PictureReader {
        FolderReader(folder: path, names: try names())
    }

    package func digest() throws(DatasetError) -> String {
        var list = SHA256()
        for name in try names() {
            let digest = try wrappingArrayError { () throws(ArrayError) in
                try SHA256.hexadecimal(of: InputFile("\(path)/\(name)"))
            }
            list.update(Array("\(digest)  \(name)\n".utf8))
        }
        return list.hexadecimal
    }

    /// The pictures in the folder called `prefix`, which ends in a slash unless it is empty.
    private func names(in prefix: String) throws(DatasetError) -> [String] {
        var names: [String] = []
        let entries = try wrappingArrayError { () throws(ArrayError) in
            try FolderEntry.all(in: "\(path)/\(prefix)")
        }
        for entry in entries where !entry.name.hasPrefix(".") {
            let name = prefix + entry.name
            if entry.isFolder {
                names += try self.names(in: "\(name)/")
            } else if isPictureName(name) {
                names.append(name)
            }
        }
        return names
    }
}

private final class FolderReader: PictureReader {
    private let folder: String
    private let names: [String]
    private var index = -1

    init(folder: String, names: [String]) {
        self.folder = folder
        self.names = names
    }

    func next() -> String? {
        index += 1
        return index < names.count ? names[index] : nil
    }

    func content() throws(DatasetError) -> PictureContent {
        let path = "\(folder)/\(names[index])"
        return .encoded(
            try wrappingArrayError { () throws(ArrayError) in try InputFile(path).contents() })
    }
}
