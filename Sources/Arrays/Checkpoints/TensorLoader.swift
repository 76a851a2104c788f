/// Copies tensors out of the storages of a checkpoint, one storage at a time.
struct TensorLoader {
    private let container: any CheckpointContainer
    private let file: InputFile

    /// Few enough bytes to be read out of a file of any size.
    private static let minimumLimit = 64 << 20
    /// How many times the size of the file its tensors may take.
    private static let maximumGrowth = 8

    /// Ready to load from `container`, which `file` holds.
    init(_ container: any CheckpointContainer, file: InputFile) {
        self.container = container
        self.file = file
    }

    /// The arrays of `tensors`, names of which are given with their numbers in the heap.
    ///
    /// A storage is read once and let go of before the next, so that the memory needed is that of
    /// the arrays and of the largest storage. A tensor that is all of its storage takes its
    /// bytes over; tensors of several names are one array.
    ///
    /// - Throws: `ArrayError` when a storage is missing or damaged, or the tensors are much
    ///   larger than the file.
    func load(_ tensors: [String: Int]) throws(ArrayError) -> [String: HostArray] {
        let heap = container.heap
        let needed = Set(tensors.values)
        try checkSize(of: needed)
        var arrays: [Int: HostArray] = [:]
        let groups = Dictionary(grouping: needed) { heap.tensors[$0].storage }
        for (storage, members) in groups.sorted(by: { $0.key < $1.key }) {
            let bytes = try container.bytes(ofStorage: storage)
            for index in members {
                arrays[index] = try array(of: heap.tensors[index], in: bytes)
            }
        }
        return tensors.compactMapValues { arrays[$0] }
    }

    /// Sees to it that neither tensors nor their storages ask for much more than the file has.
    ///
    /// An axis with a stride of zero makes any number of elements out of one.
    private func checkSize(of tensors: Set<Int>) throws(ArrayError) {
        let heap = container.heap
        let storages = Set(tensors.map { heap.tensors[$0].storage })
        let (grown, isEndless) = file.size.multipliedReportingOverflow(by: Self.maximumGrowth)
        let limit = isEndless ? Int.max : max(Self.minimumLimit, grown)
        for sizes in [
            tensors.map { heap.tensors[$0].byteCount },
            storages.map { heap.storages[$0].byteCount },
        ] {
            var rest = limit
            for size in sizes {
                guard size <= rest else {
                    throw ArrayError(
                        .unsupported(
                            "its tensors take more than \(limit) bytes, far more than there are "
                                + "in the file; save them with .contiguous()"),
                        in: file.path)
                }
                rest -= size
            }
        }
    }

    private func array(
        of tensor: TensorRecord, in storage: [UInt8]
    ) throws(ArrayError) -> HostArray {
        let bytes: [UInt8]
        if tensor.byteCount == storage.count, tensor.isContiguous {
            bytes = storage
        } else if tensor.isContiguous {
            bytes = Array(storage[tensor.byteOffset..<tensor.byteOffset + tensor.byteCount])
        } else {
            bytes = gathered(tensor, in: storage)
        }
        return try HostArray(
            shape: tensor.shape, elementType: tensor.elementType, bytes: bytes,
            context: file.path)
    }

    private func gathered(_ tensor: TensorRecord, in storage: [UInt8]) -> [UInt8] {
        storage.withUnsafeBytes { source in
            [UInt8](unsafeUninitializedCapacity: tensor.byteCount) { buffer, initialized in
                guard let first = source.baseAddress, let output = buffer.baseAddress else {
                    return
                }
                StridedCopy(of: tensor).run(
                    from: first + tensor.byteOffset, into: UnsafeMutableRawPointer(output))
                initialized = tensor.byteCount
            }
        }
    }
}
