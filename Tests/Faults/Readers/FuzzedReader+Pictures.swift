import Arrays
import Datasets

extension FuzzedReader {
    func readIDX(_ path: String) throws {
        let file = try IDXFile(reading: path)
        if file.count > 0 {
            check(file.item(0))
            check(file.items([file.count / 2, file.count - 1]))
        }
        try readPictures(try StackSource(idx: path))
    }

    func readTar(_ path: String) throws {
        try readPictures(TarSource(try InputFile(path)))
    }

    /// The first pictures of a source; others find nothing that these do not.
    private func readPictures(_ source: some PictureSource) throws(DatasetError) {
        let reader = try source.reader()
        for _ in 0..<4 {
            guard try reader.next() != nil else { return }
            _ = try? reader.content()
        }
    }
}
