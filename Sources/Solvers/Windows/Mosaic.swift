package import Tensors

/// log p of pictures that are larger than those of a model, by what it says of windows.
///
///     log p(x) ≈ E Σ_w log p(x_w) · (step / side)²
///
/// over grids of windows with every shift: each pixel counts once, and no place is a border of
/// windows more often than others, so that there are no seams. An iteration looks through one
/// grid, whose shifts come from a random stream of the picture and the number of the iteration.
/// Outside of iterations the grid is the same always, evenly from border to border.
///
/// Values and gradients are computed as many windows at a time as memory has room for, and windows are
/// cut out a row at a time, so that memory does not grow with the picture but by a few numbers per
/// pixel. Time is linear in pixels.
package struct Mosaic: PictureDensity {
    private let tile: any PictureDensity
    private let tileShape: [Int]
    private let imageShape: [Int]
    private let layout: Windows
    private let streams: RandomStreams
    /// The numbers of the pictures of the batch, which name their streams.
    private let pictures: [Int]
    /// The threads that share a batch of windows.
    private let lanes: Int
    /// Of windows.
    private let portions: Portions
    private let iteration: Int?

    /// A density of pictures of `imageShape`.
    ///
    /// - Parameters:
    ///   - tile: the density of what one window sees.
    ///   - tileShape: channels, height and width of a window.
    ///   - imageShape: those of a picture, nowhere smaller.
    ///   - layout: how windows overlap, and how many are looked at together.
    ///   - streams: where shifts come from.
    ///   - pictures: the number of every picture of the batch.
    ///   - lanes: the threads that share a batch of windows.
    ///   - room: how many windows memory has room for.
    package init(
        of tile: any PictureDensity, tileShape: [Int], imageShape: [Int], layout: Windows,
        streams: RandomStreams, pictures: [Int], lanes: Int = 1, room: SampleRoom = .unknown
    ) {
        self.init(
            tile, tileShape, imageShape, layout, streams, pictures, lanes,
            Portions(of: layout.batch(of: tileShape, in: room)), iteration: nil)
    }

    private init(
        _ tile: any PictureDensity, _ tileShape: [Int], _ imageShape: [Int], _ layout: Windows,
        _ streams: RandomStreams, _ pictures: [Int], _ lanes: Int, _ portions: Portions,
        iteration: Int?
    ) {
        self.tile = tile
        self.tileShape = tileShape
        self.imageShape = imageShape
        self.layout = layout
        self.streams = streams
        self.pictures = pictures
        self.lanes = lanes
        self.portions = portions
        self.iteration = iteration
    }

    package func inIteration(_ number: Int) -> any PictureDensity {
        Mosaic(
            tile.inIteration(number), tileShape, imageShape, layout, streams, pictures, lanes,
            portions, iteration: number)
    }

    package func selecting(_ samples: Range<Int>) -> any PictureDensity {
        Mosaic(
            tile, tileShape, imageShape, layout, streams, Array(pictures[samples]), lanes,
            portions, iteration: iteration)
    }

    package func logDensity(_ picture: Tensor) throws(TorchError) -> Tensor {
        guard picture.shape == [pictures.count] + imageShape else {
            throw TorchError(
                operation: "windows", shapes: [picture.shape],
                message: "needs \([pictures.count] + imageShape)")
        }
        do {
            let values = try pictures.indices.map { sample in
                let grid = grid(sample)
                let picture = try picture.slice(sample..<sample + 1, along: 0)
                return try portions.fitted(grid.count) {
                    try logDensity(picture, through: grid, atOnce: portions.size)
                }
            }
            return try .concatenated(values, along: 0)
        } catch let error as TorchError {
            throw error
        } catch {
            throw TorchError(operation: "windows", shapes: [picture.shape], message: "\(error)")
        }
    }

    /// The windows through which a picture of the batch is looked at.
    package func grid(_ sample: Int) -> WindowGrid {
        let lines = [1, 2].map { axis in
            let (length, window) = (imageShape[axis], tileShape[axis])
            let step = window - layout.overlap(of: tileShape)
            guard let iteration else {
                return WindowLine.even(length: length, window: window, step: step)
            }
            var stream = streams[
                "windows along \(axis) of picture \(pictures[sample]), \(iteration)"]
            let shift = Int(stream.next() % UInt64(2 * step))
            return WindowLine.shifted(length: length, window: window, step: step, shift: shift)
        }
        return WindowGrid(vertical: lines[0], horizontal: lines[1])
    }

    /// The weighted sum over the windows of one picture, `[1]`, at most `size` of them at a time.
    private func logDensity(
        _ picture: Tensor, through grid: WindowGrid, atOnce size: Int
    ) throws -> Tensor {
        let isGraded = isHistoryRecorded()
        let seen = try picture.detached()
        var values: [Double] = []
        var slopes = isGraded ? try seen.filled(with: 0) : nil
        // A row of windows at a time: all at once would be as many pictures as windows overlap.
        for strip in grid.strips(of: size) {
            let (found, gradient) = try look(
                at: seen, through: strip, atOnce: size, isGraded: isGraded)
            values += found
            if let gradient { slopes = try slopes.map { try $0 + gradient } }
        }
        // Summed in double precision: the sum is far larger than what changes in it.
        let sum = try Tensor([values.reduce(0, +) * grid.weight], shape: [1])
            .converted(to: picture.dataType()).moved(to: picture.device())
        guard let slopes else { return sum }
        // 0, with the gradients of the sum.
        return try sum + ((picture - seen) * slopes).sum() * grid.weight
    }

    /// log p of the windows of a strip, and what its sum says of every pixel.
    private func look(
        at picture: Tensor, through strip: WindowGrid, atOnce size: Int, isGraded: Bool
    ) throws -> (values: [Double], gradient: Tensor?) {
        let looks = try looks(
            at: strip.windows(of: picture), atOnce: size, isGraded: isGraded)
        let values = looks.flatMap(\.values)
        guard isGraded else { return (values, nil) }
        let gradients = try Tensor.concatenated(looks.compactMap(\.gradients), along: 0)
        let leaf = try picture.leaf()
        let shared = try (strip.windows(of: leaf) * gradients).sum()
        return (values, try shared.gradients(of: [leaf])[0])
    }

    private func looks(
        at windows: Tensor, atOnce size: Int, isGraded: Bool
    ) throws -> [WindowLook] {
        let count = windows.shape[0]
        // Threads begin with settings of their own.
        let areAvoided = FastPaths.areAvoided
        return try stride(from: 0, to: count, by: size).flatMap { first in
            try Lanes.map(Lanes.ranges(of: min(size, count - first), atMost: lanes)) { part in
                let places = first + part.lowerBound..<first + part.upperBound
                return try FastPaths.$areAvoided.withValue(areAvoided) {
                    try WindowLook(
                        at: windows.slice(places, along: 0), by: tile, isGraded: isGraded)
                }
            }
        }
    }
}
