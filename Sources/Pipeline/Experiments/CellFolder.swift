import Arrays
import Images

/// The folder of an experiment in which results are kept, so that none is computed twice.
///
/// A cell is a file whose name is the digest of everything that determines it; it appears whole or
/// not at all. Measurements and true pictures, which cells share, lie beside the cells.
struct CellFolder {
    let path: String

    /// What lies in the folder, each in a folder of its own.
    enum Kind: String, CaseIterable {
        case cells, measurements, truths
    }

    /// - Throws: `ArrayError` when the folders cannot be made.
    init(_ path: String) throws(ArrayError) {
        self.path = path
        for kind in Kind.allCases { try FolderEntry.makeFolder("\(path)/\(kind.rawValue)") }
    }

    func hasFile(_ kind: Kind, _ digest: String) -> Bool {
        InputFile.exists(file(kind, digest))
    }

    /// The cell with this digest, nil where there is none or a damaged one.
    func cell(_ digest: String) -> Cell? {
        // Whatever is wrong with a kept cell, it is computed again.
        guard let bytes = contents(.cells, digest),
            let json = try? JSONValue(
                parsing: String(decoding: bytes, as: UTF8.self), context: digest)
        else { return nil }
        return Cell(json)
    }

    /// - Throws: `ArrayError` when it cannot be written.
    func write(
        _ cell: Cell, _ digest: String, about: [(name: String, value: JSONValue)]
    ) throws(ArrayError) {
        let text = cell.json(about: about).text
        try OutputFile.write([UInt8](text.utf8), to: file(.cells, digest))
    }

    /// Keeps a picture unless it is there; numbers that are no colours, or no picture, are left out.
    ///
    /// - Throws: `ArrayError` when it cannot be written, `ImageError` when it cannot be encoded.
    func write(_ values: HostArray, _ kind: Kind, _ digest: String) throws {
        guard !hasFile(kind, digest), values.shape.count == 3, [1, 3].contains(values.shape[0]),
            try values.numbers(as: Float.self).allSatisfy(\.isFinite)
        else { return }
        try OutputFile.write(Picture(floats: values).png(), to: file(kind, digest))
    }

    /// The picture with this digest, nil where there is none.
    func picture(_ kind: Kind, _ digest: String) -> Picture? {
        // A page without one of its pictures is better than no page.
        contents(kind, digest).flatMap { try? Picture(decoding: $0, name: digest) }
    }

    private func contents(_ kind: Kind, _ digest: String) -> [UInt8]? {
        guard hasFile(kind, digest) else { return nil }
        return try? InputFile(file(kind, digest)).contents()
    }

    private func file(_ kind: Kind, _ digest: String) -> String {
        "\(path)/\(kind.rawValue)/\(digest).\(kind == .cells ? "json" : "png")"
    }
}
