/// Pictures that one core prepares in one go.
struct PreparationBatch: Sendable {
    var items: [PreparationItem] = []
    var byteCount = 0
}

/// Reads the pictures of a plan, a window of batches at a time.
final class BatchReader {
    private let plan: PreparationPlan
    private let picturesPerBatch: Int
    private var sourceIndex = 0
    private var pictureIndex = 0
    private var reader: (any PictureReader)?

    /// A batch ends with the picture that makes it this large, so that huge photographs are
    /// spread over all cores.
    private static let bytesPerBatch = 1 << 20
    private static let batchesPerWindow = 16

    /// Reads for items of `itemSize` bytes.
    init(_ plan: PreparationPlan, itemSize: Int) {
        self.plan = plan
        // A batch is deflated as one piece, which should not be tiny.
        picturesPerBatch = min(max((256 << 10) / itemSize, 16), 512)
    }

    /// The next batches, or nil at the end.
    ///
    /// - Throws: `DatasetError` when a source is damaged or no longer what it was.
    func next() throws(DatasetError) -> [PreparationBatch]? {
        var window: [PreparationBatch] = []
        var batch = PreparationBatch()
        while window.count < Self.batchesPerWindow, let item = try nextItem() {
            batch.items.append(item)
            batch.byteCount += item.byteCount
            if batch.items.count == picturesPerBatch || batch.byteCount >= Self.bytesPerBatch {
                window.append(batch)
                batch = PreparationBatch()
            }
        }
        if !batch.items.isEmpty { window.append(batch) }
        return window.isEmpty ? nil : window
    }

    private func nextItem() throws(DatasetError) -> PreparationItem? {
        while sourceIndex < plan.sources.count {
            let source = plan.sources[sourceIndex]
            let reader: any PictureReader
            if let current = self.reader { reader = current } else { reader = try source.reader() }
            self.reader = reader
            let parts = plan.parts[sourceIndex]
            while let name = try reader.next() {
                guard pictureIndex < parts.count else { throw changed(source) }
                defer { pictureIndex += 1 }
                if let part = parts[pictureIndex] {
                    return PreparationItem(
                        source: source.path, name: name, part: part, reading: reader)
                }
            }
            guard pictureIndex == parts.count else { throw changed(source) }
            (sourceIndex, pictureIndex, self.reader) = (sourceIndex + 1, 0, nil)
        }
        return nil
    }

    private func changed(_ source: any PictureSource) -> DatasetError {
        DatasetError(.pictures("changed while it was read; run again"), in: source.path)
    }
}
