/// A checkpoint as PyTorch saved it before 1.6: pickles, and then the storages one by one.
///
///     magic number | 1001 | about the system | the object | keys of the storages
///     for each key: int64 number of elements | the elements
///
/// <https://github.com/pytorch/pytorch/blob/main/torch/serialization.py>
struct StreamedCheckpoint: CheckpointContainer {
    let heap: PickleHeap
    let root: PickleValue
    private let file: InputFile
    /// Where the elements of every storage begin in the file; nil when they are not there.
    private let offsets: [Int?]

    private static let magic: [UInt8] = [
        0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
    ]
    private static let version = 1001

    /// Reads the pickles in `file`, and where its storages are.
    ///
    /// - Throws: `ArrayError` when they are not those of a checkpoint.
    init(_ file: InputFile) throws(ArrayError) {
        var machine = PickleMachine(PickleCursor(file))
        guard case .longInteger(Self.magic) = try machine.next() else {
            throw ArrayError(
                .unsupported("is a pickle, but none of torch.save"), in: file.path)
        }
        guard case .integer(Self.version) = try machine.next() else {
            throw ArrayError(
                .unsupported("is not of version \(Self.version) of the format"), in: file.path)
        }
        try Self.checkSystem(try machine.next(), machine.heap, in: file.path)
        root = try machine.next()
        let keys = try machine.next()
        heap = machine.heap
        offsets = try Self.offsets(of: keys, heap, in: file, from: machine.cursor.position)
        self.file = file
    }

    /// All bytes of the storage with number `index`.
    ///
    /// - Throws: `ArrayError` when they are not there.
    func bytes(ofStorage index: Int) throws(ArrayError) -> [UInt8] {
        let storage = heap.storages[index]
        guard let offset = offsets[index] else {
            throw ArrayError(
                .malformed("storage \(JSONValue.quoted(storage.key)) is missing"), in: file.path)
        }
        return try file.bytes(at: offset, count: storage.byteCount)
    }

    private static func checkSystem(
        _ system: PickleValue, _ heap: PickleHeap, in path: String
    ) throws(ArrayError) {
        guard case .dictionary(let index) = system,
            case .truth(let isLittleEndian)? = heap.value(of: "little_endian", in: index)
        else { throw ArrayError(.malformed("does not say its byte order"), in: path) }
        guard isLittleEndian else {
            throw ArrayError(
                .unsupported(
                    "its numbers are big-endian; load it with PyTorch on a usual computer and "
                        + "save it again"),
                in: path)
        }
    }

    /// Where the storages called `keys` begin, the first of them at `start`.
    private static func offsets(
        of keys: PickleValue, _ heap: PickleHeap, in file: InputFile, from start: Int
    ) throws(ArrayError) -> [Int?] {
        guard case .list(let list) = keys else {
            throw ArrayError(.malformed("has no list of its storages"), in: file.path)
        }
        var offsets = [Int?](repeating: nil, count: heap.storages.count)
        var position = start
        for key in heap.sequences[list] {
            guard case .text(let key) = key, let index = heap.storageIndex(of: key),
                offsets[index] == nil
            else {
                throw ArrayError(
                    .malformed("has a storage that no tensor uses, or the same twice"),
                    in: file.path)
            }
            let storage = heap.storages[index]
            let count = try file.bytes(at: position, count: 8).reversed()
                .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard count == storage.byteCount / storage.elementByteCount else {
                throw ArrayError(
                    .malformed("storage \(JSONValue.quoted(key)) has \(count) elements"),
                    in: file.path)
            }
            position += 8
            guard storage.byteCount <= file.size - position else {
                throw ArrayError(
                    .malformed(
                        "ends inside storage \(JSONValue.quoted(key)); copy the file again"),
                    in: file.path)
            }
            offsets[index] = position
            position += storage.byteCount
        }
        guard position == file.size else {
            throw ArrayError(
                .malformed("goes on after its last storage, at byte \(position)"), in: file.path)
        }
        return offsets
    }
}
