/// The file around a pickle: where the bytes of its storages are.
protocol CheckpointContainer {
    /// What the pickle made.
    var heap: PickleHeap { get }
    /// The object that was saved.
    var root: PickleValue { get }

    /// All bytes of the storage with number `index` in the heap, little-endian.
    ///
    /// - Throws: `ArrayError` when they are not there, of another size, or damaged.
    func bytes(ofStorage index: Int) throws(ArrayError) -> [UInt8]
}
