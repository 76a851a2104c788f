/// Where the storages are in a checkpoint that is a stream.
struct StreamedStorages {
    /// Where the elements of every storage of the heap begin; nil when they are not there.
    private(set) var offsets: [Int?]
    private var position: Int
    private let file: InputFile

    /// Finds the storages called `keys`, which follow each other from `start` to the end.
    ///
    /// - Throws: `ArrayError` when they are not those of `heap`, or the file ends elsewhere.
    init(
        _ keys: PickleValue, heap: PickleHeap, in file: InputFile, from start: Int
    ) throws(ArrayError) {
        self.file = file
        position = start
        offsets = [Int?](repeating: nil, count: heap.storages.count)
        guard case .list(let list) = keys else { throw damage("has no list of its storages") }
        for key in heap.sequences[list] {
            guard case .text(let key) = key, let index = heap.storageIndex(of: key),
                offsets[index] == nil
            else { throw damage("has a storage that no tensor uses, or the same twice") }
            offsets[index] = try passOver(heap.storages[index])
        }
        guard position == file.size else {
            throw damage("goes on after its last storage, at byte \(position)")
        }
    }

    /// Passes over `storage` and returns where its elements begin.
    private mutating func passOver(_ storage: StorageRecord) throws(ArrayError) -> Int {
        let name = "storage \(JSONValue.quoted(storage.key))"
        guard file.size - position >= 8 else { throw damage("ends before \(name)") }
        let count = try file.bytes(at: position, count: 8).reversed()
            .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let expected = storage.byteCount / storage.elementByteCount
        guard count == expected else {
            throw damage("\(name) has \(count) elements instead of \(expected)")
        }
        let start = position + 8
        guard storage.byteCount <= file.size - start else { throw damage("ends inside \(name)") }
        position = start + storage.byteCount
        return start
    }

    private func damage(_ what: String) -> ArrayError {
        ArrayError(.malformed("\(what); copy or download the file again"), in: file.path)
    }
}
