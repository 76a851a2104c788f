import Images

/// A picture on its way into a data set.
struct PreparationItem: Sendable {
    let source: String
    let name: String
    /// The index of its part.
    let part: Int
    /// The picture as its source has it, or why it cannot be read.
    let content: Result<PictureContent, DatasetError>

    /// Reads the picture that `reader` has gone to.
    init(source: String, name: String, part: Int, reading reader: any PictureReader) {
        self.source = source
        self.name = name
        self.part = part
        content = Result { () throws(DatasetError) in try reader.content() }
    }

    var byteCount: Int {
        switch content {
        case .success(let content): content.byteCount
        case .failure: 0
        }
    }

    /// The picture, decoded and prepared.
    ///
    /// - Throws: `DatasetError` that names the picture.
    func prepared(by preparation: PicturePreparation) throws(DatasetError) -> Picture {
        let context = "\(source): \(name)"
        let content = try content.get()
        let decoded: Picture
        do throws(ImageError) {
            decoded = try content.picture(preparation.decoding, named: context)
        } catch {
            throw DatasetError(.picture(error), in: context)
        }
        return try preparation.applied(to: decoded, named: context)
    }
}
