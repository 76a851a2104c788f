/// A part of a storage that a tensor lies in.
struct StorageView {
    /// The number of the storage in the heap.
    let storage: Int
    /// In bytes of the storage.
    let range: Range<Int>
}
