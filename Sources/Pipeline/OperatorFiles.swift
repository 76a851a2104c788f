import Arrays
import Jobs
import Physics
import Programs
import Tensors

/// Reads what the steps of a measurement name, and refuses what does not fit the pictures.
struct OperatorFiles {
    let pictures: PictureReader
    let device: Device
    /// Whether only shapes are asked for: then no matrix is held or drawn.
    var isOutline = false

    /// 1 where `mask` keeps a pixel of pictures of `shape`, and 0 elsewhere.
    ///
    /// - Returns: numbers row by row, and their shape: one channel for all, or every channel.
    /// - Throws: `JobFault` when the mask, which stands at `path`, does not fit.
    func kept(
        _ mask: MaskSpec, of shape: [Int], at path: SettingPath
    ) throws -> (kept: [Double], shape: [Int]) {
        let (height, width) = (shape[1], shape[2])
        switch mask {
        case .center(let size):
            guard size < max(height, width) else {
                throw JobFault(
                    .mismatch(
                        "nothing of \(height) × \(width) pixels is left outside a square of "
                            + "\(size)", remedy: "write a smaller one"), at: path["center"])
            }
            let box = PixelRectangle(
                x: max((width - size) / 2, 0), y: max((height - size) / 2, 0),
                width: min(size, width), height: min(size, height))
            return (outside(box, height, width), [1, height, width])
        case .box(let box):
            guard box.x + box.width <= width, box.y + box.height <= height else {
                throw JobFault(
                    .mismatch(
                        "the rectangle leaves the picture, which has \(height) × \(width) pixels",
                        remedy: "write x + width of at most \(width), and y + height of at most "
                            + "\(height)"), at: path["box"])
            }
            return (outside(box, height, width), [1, height, width])
        case .image(let file): return try white(in: file, of: shape, path["image"])
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
        in file: String, of shape: [Int], _ path: SettingPath
    ) throws -> (kept: [Double], shape: [Int]) {
        let mask = try pictures.pictures(.files([file]), prepare: PrepareSpec(), at: path)[0].values
        guard mask.shape.count == 3, mask.shape.dropFirst() == shape.dropFirst() else {
            let size = mask.shape.suffix(2).map(String.init).joined(separator: " × ")
            throw JobFault(
                .mismatch(
                    "the mask \(file) has \(size) pixels, but what it covers has "
                        + "\(shape[1]) × \(shape[2])", remedy: "give one of that size"), at: path)
        }
        let values = try mask.numbers(as: Double.self)
        let plane = shape[1] * shape[2]
        guard mask.shape[0] == 1 || mask.shape[0] == shape[0] else {
            // A coloured mask of gray pictures is white where all its channels are.
            let kept = (0..<plane).map { pixel -> Double in
                (0..<mask.shape[0]).allSatisfy { values[$0 * plane + pixel] >= 0.5 } ? 1 : 0
            }
            return (try checked(kept, file, path), [1] + shape.dropFirst())
        }
        return (try checked(values.map { $0 >= 0.5 ? 1 : 0 }, file, path), mask.shape)
    }

    private func checked(
        _ kept: [Double], _ file: String, _ path: SettingPath
    ) throws(JobFault) -> [Double] {
        guard kept.contains(1) else {
            throw JobFault(
                .mismatch(
                    "nothing is white in the mask \(file)", remedy: "paint what is known white"),
                at: path)
        }
        return kept
    }

    /// The kernel in the NPY file `file`, which `path` names, divided by its sum.
    ///
    /// - Throws: `JobFault` when it is no kernel.
    func kernel(_ file: String, at path: SettingPath) throws -> BlurKernel {
        let remedy = "give an NPY file [height, width] of real numbers, in float32 for instance"
        return try JobFault.at(path, remedy: remedy) {
            let array = try pictures.array(file) { (place) throws(ArrayError) in
                try NPYFile(reading: place).array
            }
            guard array.shape.count == 2, array.shape.allSatisfy({ (1...1023).contains($0) })
            else {
                throw JobFault(
                    .mismatch(
                        "\(file) has the shape \(array.shape), but a kernel is [height, width] "
                            + "with at most 1023 each", remedy: remedy), at: path)
            }
            guard array.shape.allSatisfy({ !$0.isMultiple(of: 2) }) else {
                throw JobFault(
                    .mismatch(
                        "\(file) has the shape \(array.shape), but a kernel is odd along each axis",
                        remedy: "add a row or column of zeros"), at: path)
            }
            let weights = try array.numbers(as: Double.self)
            guard weights.allSatisfy(\.isFinite) else {
                throw JobFault(
                    .mismatch("\(file) has infinite values or NaN", remedy: "repair it"), at: path)
            }
            return try BlurKernel(weights, height: array.shape[0], width: array.shape[1])
                .normalized
        }
    }
}

extension MatrixRoom {
    /// The room on a device; how much a GPU has left is not known.
    init(rows: Int, columns: Int, on device: Device) {
        let free = device == .cpu ? FreeMemory().bytes : nil
        self.init(rows: rows, columns: columns, freeBytes: free)
    }
}
