/// What a pickle says about a storage: numbers in a row, on which tensors are views.
struct StorageRecord: Equatable {
    /// Its name in the file.
    let key: String
    /// Nil for a storage of bytes, whose tensors say themselves what they hold.
    let elementType: ElementType?
    let byteCount: Int

    /// The size of one element in bytes.
    var elementByteCount: Int { elementType?.byteCount ?? 1 }
}
