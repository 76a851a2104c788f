import Arrays
import Jobs
import Physics
import Programs
import Tensors

/// Reads what the steps of a measurement name, and refuses what does not fit the pictures.
struct OperatorFiles {
    let pictures: PictureReader
    let device: Device

    /// 1 where `mask` keeps a pixel of pictures of `shape`, and 0 elsewhere.
    ///
    /// - Returns: numbers row by row, and their shape: one channel for all, or every channel.
    /// - Throws: `PipelineError` when the mask does not fit, and the errors of pictures.
    func kept(
        _ mask: MaskSpec, of shape: [Int], in step: String
    ) throws -> (kept: [Double], shape: [Int]) {
        let (height, width) = (shape[1], shape[2])
        switch mask {
        case .center(let size):
            guard size < max(height, width) else {
                throw PipelineError(
                    .mismatch(
                        "nothing of \(height) × \(width) pixels is left outside a square of "
                            + "\(size); write a smaller one"), in: "forward.\(step).center")
            }
            let box = PixelRectangle(
                x: max((width - size) / 2, 0), y: max((height - size) / 2, 0),
                width: min(size, width), height: min(size, height))
            return (outside(box, height, width), [1, height, width])
        case .box(let box):
            guard box.x + box.width <= width, box.y + box.height <= height else {
                throw PipelineError(
                    .mismatch(
                        "the rectangle leaves the picture, which has \(height) × \(width) "
                            + "pixels"), in: "forward.\(step).box")
            }
            return (outside(box, height, width), [1, height, width])
        case .image(let path): return try white(in: path, of: shape, step)
        case .keep(let fraction, let seed):
            return (drawn(fraction, seed, height * width), [1, height, width])
        }
    }

    private func outside(_ box: PixelRectangle, _ height: Int, _ width: Int) -> [Double] {
        (0..<height * width).map { index in
            let isInside =
                (box.y..<box.y + box.height).contains(index / width)
                && (box.x..<box.x + box.width).contains(index % width)
            return isInside ? 0 : 1
        }
    }

    /// Exactly the fraction, at least one: the places of the smallest of as many random numbers.
    private func drawn(_ fraction: Double, _ seed: UInt64, _ count: Int) -> [Double] {
        var stream = RandomStreams(seed: seed)["mask"]
        let draws = (0..<count).map { _ in stream.next() }
        let order = draws.indices.sorted { (draws[$0], $0) < (draws[$1], $1) }
        let size = min(max(Int((fraction * Double(count)).rounded()), 1), count)
        var kept = [Double](repeating: 0, count: count)
        for index in order.prefix(size) { kept[index] = 1 }
        return kept
    }

    private func white(
        in path: String, of shape: [Int], _ step: String
    ) throws -> (kept: [Double], shape: [Int]) {
        let context = "forward.\(step).image"
        let mask = try pictures.pictures(.files([path]), prepare: PrepareSpec())[0].values
        guard mask.shape.dropFirst() == shape.dropFirst() else {
            throw PipelineError(
                .mismatch(
                    "the mask \(path) has \(mask.shape[1]) × \(mask.shape[2]) pixels, but what it "
                        + "covers has \(shape[1]) × \(shape[2]); give one of that size"),
                in: context)
        }
        let values = try mask.numbers(as: Double.self)
        let plane = shape[1] * shape[2]
        guard mask.shape[0] == 1 || mask.shape[0] == shape[0] else {
            // A coloured mask of gray pictures is white where all its channels are.
            let kept = (0..<plane).map { pixel -> Double in
                (0..<mask.shape[0]).allSatisfy { values[$0 * plane + pixel] >= 0.5 } ? 1 : 0
            }
            return (try checked(kept, path, context), [1] + shape.dropFirst())
        }
        return (
            try checked(values.map { $0 >= 0.5 ? 1 : 0 }, path, context), mask.shape
        )
    }

    private func checked(
        _ kept: [Double], _ path: String, _ context: String
    ) throws(PipelineError) -> [Double] {
        guard kept.contains(1) else {
            throw PipelineError(
                .mismatch("nothing is white in the mask \(path); paint what is known white"),
                in: context)
        }
        return kept
    }

    /// The kernel in the NPY file `path`, divided by its sum.
    ///
    /// - Throws: `PipelineError` or `PhysicsError` when it is no kernel, and the errors of files.
    func kernel(_ path: String) throws -> BlurKernel {
        let context = "forward.blur.kernel"
        let array = try NPYFile(reading: file(path)).array
        guard array.shape.count == 2, array.shape.allSatisfy({ (1...1023).contains($0) }) else {
            throw PipelineError(
                .mismatch(
                    "\(path) has the shape \(array.shape), but a kernel is [height, width] with at "
                        + "most 1023 each"), in: context)
        }
        let weights = try array.numbers(as: Double.self)
        guard weights.allSatisfy(\.isFinite) else {
            throw PipelineError(
                .mismatch("\(path) has infinite values or NaN; repair it"), in: context)
        }
        return try BlurKernel(weights, height: array.shape[0], width: array.shape[1]).normalized
    }

    /// The matrix in the NPY file `path`, for pictures of `shape`.
    ///
    /// - Throws: `PipelineError` when it does not fit the pictures, `PhysicsError` when it does not fit
    ///   into memory, and the errors of files.
    func matrix(_ path: String, for shape: [Int]) throws -> MatrixProduct {
        let context = "forward.matrix.file"
        let rows = try NPYRows(reading: file(path))
        let columns = shape.reduce(1, *)
        guard rows.columns == columns else {
            let product = shape.map(String.init).joined(separator: " × ")
            throw PipelineError(
                .mismatch(
                    "the matrix \(path) has \(rows.columns) columns, but what it measures has "
                        + (shape.count > 1 ? "\(product) = \(columns) values" : "\(columns) values")
                        + "; give one column for each"), in: context)
        }
        return try MatrixRoom(rows: rows.rows, columns: columns, on: device).make(in: context) {
            try MatrixProduct(blocks(of: rows, path, context), inputShape: shape)
        }
    }

    private func blocks(
        of rows: NPYRows, _ path: String, _ context: String
    ) throws -> [Tensor] {
        var blocks: [Tensor] = []
        for first in stride(from: 0, to: rows.rows, by: rows.rowsPerBlock) {
            let block = try rows.block(first..<min(first + rows.rowsPerBlock, rows.rows))
            guard block.nonFiniteCount == 0 else {
                throw PipelineError(
                    .mismatch("the matrix \(path) has infinite values or NaN; repair it"),
                    in: context)
            }
            blocks.append(try Tensor(block).moved(to: device))
        }
        return blocks
    }

    private func file(_ path: String) throws(PipelineError) -> String {
        try pictures.place(
            of: FileReference(.array, path), remedy: "put it beside the job file")
    }
}

extension MatrixRoom {
    /// The room on a device; how much a GPU has left is not known.
    init(rows: Int, columns: Int, on device: Device) {
        let free = device == .cpu ? FreeMemory().bytes : nil
        self.init(rows: rows, columns: columns, freeBytes: free)
    }
}
