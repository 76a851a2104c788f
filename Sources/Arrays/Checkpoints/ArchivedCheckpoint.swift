/// A checkpoint as PyTorch saves it since 1.6: a ZIP archive.
///
///     NAME/data.pkl       the pickle
///     NAME/data/KEY       the bytes of a storage
///     NAME/byteorder      "little" or "big", since 2.1
///
/// <https://github.com/pytorch/pytorch/blob/main/torch/serialization.py>
struct ArchivedCheckpoint: CheckpointContainer {
    let heap: PickleHeap
    let root: PickleValue
    private let archive: ZIPArchive
    private let entries: [String: ZIPArchive.Entry]
    private let folder: String
    private let path: String

    /// Reads the pickle in `file`.
    ///
    /// - Throws: `ArrayError` when the archive or the pickle is not that of a checkpoint.
    init(_ file: InputFile) throws(ArrayError) {
        path = file.path
        archive = try ZIPArchive(file)
        entries = Dictionary(archive.entries.map { ($0.name, $0) }) { first, _ in first }
        folder = try Self.folder(of: archive, in: path)
        guard let entry = entries["\(folder)/data.pkl"], entry.size <= PickleCursor.maximumSize
        else {
            throw ArrayError(
                .unsupported("its pickle is larger than 64 MiB; save the state_dict() alone"),
                in: path)
        }
        if let order = entries["\(folder)/byteorder"] {
            try Self.checkByteOrder(
                order.size == 6 ? try archive.contents(of: order) : [], in: path)
        }
        let cursor = PickleCursor(try archive.contents(of: entry), context: path)
        var machine = PickleMachine(cursor)
        root = try machine.next()
        heap = machine.heap
    }

    /// All bytes of the storage with number `index`.
    ///
    /// - Throws: `ArrayError` when they are not there, of another size, or damaged.
    func bytes(ofStorage index: Int) throws(ArrayError) -> [UInt8] {
        let storage = heap.storages[index]
        guard let entry = entries["\(folder)/data/\(storage.key)"] else {
            throw ArrayError(
                .malformed(
                    "storage \(JSONValue.quoted(storage.key)) is missing; copy or download the "
                        + "file again"),
                in: path)
        }
        // Before anything is inflated: a size that nobody asked for may be a bomb.
        guard entry.size == storage.byteCount else {
            throw ArrayError(
                .malformed(
                    "storage \(JSONValue.quoted(storage.key)) has \(entry.size) bytes instead of "
                        + "\(storage.byteCount); copy or download the file again"),
                in: path)
        }
        return try archive.contents(of: entry)
    }

    /// The one folder with a pickle.
    private static func folder(
        of archive: ZIPArchive, in path: String
    ) throws(ArrayError) -> String {
        let names = archive.entries.map(\.name)
        let folders = names.filter { $0.hasSuffix("/data.pkl") }.map { $0.dropLast(9) }
            .filter { !$0.contains("/") }
        guard folders.count == 1, let folder = folders.first else {
            throw ArrayError(
                .unsupported(
                    "is a ZIP archive without NAME/data.pkl, so not a checkpoint of PyTorch"),
                in: path)
        }
        let hasProgram = names.contains {
            $0 == "\(folder)/constants.pkl" || $0.hasPrefix("\(folder)/code/")
        }
        guard !hasProgram else {
            throw ArrayError(
                .unsupported(
                    "is a TorchScript archive, which holds a program; save its tensors alone: "
                        + "torch.save(torch.jit.load(FILE).state_dict(), OTHER)"),
                in: path)
        }
        return String(folder)
    }

    private static func checkByteOrder(
        _ order: [UInt8], in path: String
    ) throws(ArrayError) {
        guard order.elementsEqual("little".utf8) else {
            throw ArrayError(
                .unsupported(
                    "its numbers are not little-endian; load it with PyTorch and save it again "
                        + "on an ordinary computer"),
                in: path)
        }
    }
}
