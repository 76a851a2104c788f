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
    private let storages: StreamedStorages

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
                .unsupported(
                    "is a pickle, but none of torch.save; save it with torch.save(OBJECT, FILE)"),
                in: file.path)
        }
        guard case .integer(Self.version) = try machine.next() else {
            throw ArrayError(
                .unsupported(
                    "is not of version \(Self.version) of the format; save it again with a newer "
                        + "PyTorch"),
                in: file.path)
        }
        try Self.checkSystem(try machine.next(), machine.heap, in: file.path)
        root = try machine.next()
        let keys = try machine.next()
        heap = machine.heap
        storages = try StreamedStorages(
            keys, heap: heap, in: file, from: machine.cursor.position)
        self.file = file
    }

    /// All bytes of the storage with number `index`.
    ///
    /// - Throws: `ArrayError` when they are not there.
    func bytes(ofStorage index: Int) throws(ArrayError) -> [UInt8] {
        let storage = heap.storages[index]
        guard let offset = storages.offsets[index] else {
            throw ArrayError(
                .malformed(
                    "storage \(JSONValue.quoted(storage.key)) is missing; copy or download the "
                        + "file again"),
                in: file.path)
        }
        return try file.bytes(at: offset, count: storage.byteCount)
    }

    private static func checkSystem(
        _ system: PickleValue, _ heap: PickleHeap, in path: String
    ) throws(ArrayError) {
        guard case .dictionary(let index) = system,
            case .truth(let isLittleEndian)? = heap.value(of: "little_endian", in: index)
        else {
            throw ArrayError(
                .malformed("does not say its byte order; copy or download it again"), in: path)
        }
        guard isLittleEndian else {
            throw ArrayError(
                .unsupported(
                    "its numbers are not little-endian; load it with PyTorch and save it again "
                        + "on an ordinary computer"),
                in: path)
        }
    }
}
