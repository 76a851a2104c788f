import Arrays
package import Datasets
package import Tensors

/// Pictures of several IDX files as one set, handed out as batches for training.
package struct PictureSet: Sendable {
    private let files: [IDXFile]
    package let count: Int
    /// Channels, height and width of a picture.
    package let imageShape: [Int]

    /// The pictures of `files`, at most `limit` of them.
    ///
    /// - Throws: `TrainingError` when there are none or their sizes differ.
    package init(_ files: [IDXFile], limit: Int? = nil) throws(TrainingError) {
        guard let shape = files.first?.itemShape else { throw TrainingError(.noData) }
        guard files.allSatisfy({ $0.itemShape == shape }) else {
            throw TrainingError(.unequalData(files.map(\.itemShape)))
        }
        guard (2...3).contains(shape.count), shape.allSatisfy({ $0 > 0 }) else {
            throw TrainingError(.noPictures(shape))
        }
        self.files = files
        let total = files.reduce(0) { $0 + $1.count }
        count = min(total, limit ?? total)
        guard count > 0 else { throw TrainingError(.noData) }
        imageShape = shape.count == 3 ? [shape[2], shape[0], shape[1]] : [1] + shape
    }

    /// The pictures with the given indices as bytes, `[batch, channel, height, width]`.
    ///
    /// - Throws: `ArrayError` or `TorchError`.
    package func pictures(_ indices: [Int]) throws -> Tensor {
        var items: [Tensor] = []
        for index in indices {
            let (file, local) = place(of: index)
            items.append(try Tensor(file.item(local)))
        }
        let batch = try Tensor.stacked(items).converted(to: .float32)
        let (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
        return try batch.reshaped(to: [indices.count, height, width, channels])
            .permuted([0, 3, 1, 2]).contiguous()
    }

    private func place(of index: Int) -> (IDXFile, Int) {
        var local = index
        for file in files.dropLast() {
            if local < file.count { return (file, local) }
            local -= file.count
        }
        return (files[files.count - 1], local)
    }
}
