import Arrays

extension SourceKind {
    /// Opens what is at `path`, a folder or a file whose first bytes tell its kind.
    ///
    /// - Throws: `DatasetError` when there is nothing, or nothing that holds pictures.
    package static func source(at path: String) throws(DatasetError) -> any PictureSource {
        if FolderEntry.isFolder(behind: path) { return FolderSource(path) }
        let (file, start) = try wrappingArrayError { () throws(ArrayError) in
            let file = try InputFile(path)
            return (file, try ByteStream(file).bytes(upTo: TarHeader.byteCount))
        }
        switch kind(startingWith: start) {
        case .idx: return try StackSource(idx: path)
        case .npy: return try StackSource(npy: path)
        case .tar: return TarSource(file)
        case .picture: return SinglePictureSource(file)
        case .folder, nil:
            throw DatasetError(
                .pictures(
                    "is no source of pictures; folders, tar archives, IDX, NPY, PNG and JPEG "
                        + "files are"), in: path)
        }
    }

    /// What a file, inflated if it is gzipped, is that begins with `bytes`.
    private static func kind(startingWith bytes: [UInt8]) -> SourceKind? {
        if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) { return .npy }
        if bytes.starts(with: [0x89] + Array("PNG".utf8)) { return .picture }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .picture }
        if TarHeader.isValid(bytes) { return .tar }
        return bytes.starts(with: [0, 0]) ? .idx : nil
    }
}
