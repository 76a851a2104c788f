package import Arrays

/// The PNG and JPEG files in a tar archive, gzipped or not, in the archive's order.
package struct TarSource: PictureSource {
    package let path: String
    package let kind = SourceKind.tar
    private let file: InputFile

    /// The archive `file`.
    package init(_ file: InputFile) {
        path = file.path
        self.file = file
    }

    package func names() throws(DatasetError) -> [String] {
        let reader = try reader()
        var names: [String] = []
        while let name = try reader.next() { names.append(name) }
        return names
    }

    package func reader() throws(DatasetError) -> any PictureReader {
        TarPictureReader(
            TarReader(try wrappingArrayError { () throws(ArrayError) in try ByteStream(file) }))
    }

    package func digest() throws(DatasetError) -> String {
        try wrappingArrayError { () throws(ArrayError) in try SHA256.hexadecimal(of: file) }
    }
}

private final class TarPictureReader: PictureReader {
    private let archive: TarReader

    init(_ archive: TarReader) {
        self.archive = archive
    }

    func next() throws(DatasetError) -> String? {
        try wrappingArrayError { () throws(ArrayError) in
            while let entry = try archive.next() {
                if isPictureName(entry.name) { return entry.name }
            }
            return nil
        }
    }

    func content() throws(DatasetError) -> PictureContent {
        .encoded(try wrappingArrayError { () throws(ArrayError) in try archive.content() })
    }
}
