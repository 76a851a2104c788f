package import Arrays

/// One PNG or JPEG file.
package struct SinglePictureSource: PictureSource {
    package let path: String
    package let kind = SourceKind.picture
    private let file: InputFile

    package init(_ file: InputFile) {
        path = file.path
        self.file = file
    }

    package func names() -> [String] {
        [path.split(separator: "/").last.map(String.init) ?? path]
    }

    package func reader() -> any PictureReader { SinglePictureReader(file, names: names()) }

    package func digest() throws(DatasetError) -> String {
        try wrappingArrayError { () throws(ArrayError) in try SHA256.hexadecimal(of: file) }
    }
}

private final class SinglePictureReader: PictureReader {
    private let file: InputFile
    private var names: [String]

    init(_ file: InputFile, names: [String]) {
        self.file = file
        self.names = names
    }

    func next() -> String? { names.popLast() }

    func content() throws(DatasetError) -> PictureContent {
        .encoded(try wrappingArrayError { () throws(ArrayError) in try file.contents() })
    }
}
