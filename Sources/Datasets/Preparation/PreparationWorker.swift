import Arrays
import Images

/// Pictures that are ready to be written.
struct PreparedBatch: Sendable {
    /// Blocks for the parts with these indices.
    var blocks: [(part: Int, block: IDXWriter.Block)] = []
    /// The number of pictures from every source.
    var used: [String: Int] = [:]
    var skipped: [DatasetManifest.Skipped] = []
}

/// Prepares batches; any number at once.
struct PreparationWorker: Sendable {
    let picture: PicturePreparation
    let layout: IDXWriter.Layout
    let badPictures: DatasetPreparation.BadPictures

    /// The batch, prepared, or the first error in its order.
    func prepare(_ batch: PreparationBatch) -> Result<PreparedBatch, DatasetError> {
        Result { () throws(DatasetError) in
            var prepared = PreparedBatch()
            var bytes: [Int: [UInt8]] = [:]
            for item in batch.items {
                if let samples = try samples(of: item, noting: &prepared.skipped) {
                    bytes[item.part, default: []] += samples
                    prepared.used[item.source, default: 0] += 1
                }
            }
            for (part, bytes) in bytes.sorted(by: { $0.key < $1.key }) {
                let block = try wrappingArrayError { () throws(ArrayError) in
                    try layout.block(bytes)
                }
                prepared.blocks.append((part, block))
            }
            return prepared
        }
    }

    /// The samples of a picture; nil when it is skipped.
    private func samples(
        of item: PreparationItem, noting skipped: inout [DatasetManifest.Skipped]
    ) throws(DatasetError) -> [UInt8]? {
        let prepared: Picture
        do throws(DatasetError) {
            prepared = try item.prepared(by: picture)
        } catch {
            if badPictures == .refuse { throw error.aboutPicture() }
            skipped.append(
                .init(source: item.source, name: item.name, reason: error.reason.description))
            return nil
        }
        // Not a fault of the picture: the settings leave it open what all of them should be.
        guard prepared.idxShape == layout.itemShape else {
            throw DatasetError(
                .pictures(
                    "is \(prepared.idxShape) when prepared, the pictures before it are "
                        + "\(layout.itemShape); give --size and --color"),
                in: "\(item.source): \(item.name)")
        }
        return prepared.pixels.bytes
    }
}
