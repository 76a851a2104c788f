import Arrays
package import Images

/// A contact sheet of some pictures of an IDX file.
package struct DatasetPreview: Sendable {
    /// How many pictures are shown, if there are so many.
    package var count: Int
    /// Chooses the pictures.
    package var seed: UInt64

    package init(count: Int, seed: UInt64 = 0) {
        self.count = count
        self.seed = seed
    }

    /// The sheet: pictures chosen at random, in the order of the file.
    ///
    /// - Throws: `DatasetError` when the file does not hold pictures, or not one.
    package func sheet(of file: IDXFile) throws(DatasetError) -> Picture {
        let shape = file.itemShape
        guard shape.count == 2 || shape.count == 3, file.count > 0 else {
            throw DatasetError(
                .pictures("its shape is \(file.shape), so there are no pictures to show"),
                in: file.path)
        }
        var random = NumPyRandom(seed: seed)
        let chosen = random.choiceWithoutReplacement(file.count, size: min(count, file.count))
        do throws(ImageError) {
            var pictures: [Picture] = []
            for index in chosen.sorted() {
                let samples = file.withItem(index) { Array($0) }
                let channels = shape.count == 3 ? shape[2] : 1
                pictures.append(
                    try Picture(
                        pixels: HostArray(samples, shape: [shape[0], shape[1], channels]),
                        name: file.path))
            }
            // Small pictures are enlarged to be seen.
            let magnification = max(1, 96 / max(shape[0], shape[1]))
            return try ContactSheet(magnification: magnification).picture(of: pictures)
        } catch {
            throw DatasetError(.picture(error), in: file.path)
        }
    }
}
