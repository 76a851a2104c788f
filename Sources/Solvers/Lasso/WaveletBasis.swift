import Tensors

/// Daubechies' orthonormal wavelets with four vanishing moments, periodic at the borders.
///
/// Every level divides the corner of coarse coefficients into a coarser one and three of detail,
/// as long as its sides are even and hold the eight taps of the filter. Bora et al.'s program has
/// the one with a single moment (Haar's) in its place, whose blocks show in pictures.
///
/// Daubechies 1988, table 1; Mallat 1989, section IV. Cost: (height + width) per pixel.
struct WaveletBasis: PictureBasis {
    /// One level: the matrices of its rows and columns.
    private struct Level: Sendable {
        let rows: Tensor
        let columns: Tensor
        let height: Int
        let width: Int
    }

    /// The low-pass filter; its shifts by 2 are orthonormal.
    static let taps = [
        0.2303778133088965, 0.7148465705529157, 0.6308807679298589, -0.027983769416859854,
        -0.18703481171909309, 0.030841381835560764, 0.0328830116668852, -0.010597401785069032,
    ]

    /// The finest first.
    private let levels: [Level]

    /// The basis of pictures of height × width pixels, in the numbers of `example`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(height: Int, width: Int, like example: Tensor) throws(TorchError) {
        var levels: [Level] = []
        var (height, width) = (height, width)
        while Self.isDivisible(height), Self.isDivisible(width) {
            levels.append(
                Level(
                    rows: try .matrix(Self.filters(height), like: example),
                    columns: try .matrix(Self.filters(width), like: example), height: height,
                    width: width))
            (height, width) = (height / 2, width / 2)
        }
        self.levels = levels
    }

    func coefficients(of pictures: Tensor) throws(TorchError) -> Tensor {
        var whole = pictures
        for level in levels {
            let corner = try whole.corner(level.height, level.width)
            let divided = try level.rows.matrixProduct(corner)
                .matrixProduct(level.columns.transposed())
            whole = try whole.replacingCorner(with: divided)
        }
        return whole
    }

    func pictures(of coefficients: Tensor) throws(TorchError) -> Tensor {
        var whole = coefficients
        for level in levels.reversed() {
            let corner = try whole.corner(level.height, level.width)
            let merged = try level.rows.transposed().matrixProduct(corner)
                .matrixProduct(level.columns)
            whole = try whole.replacingCorner(with: merged)
        }
        return whole
    }

    private static func isDivisible(_ side: Int) -> Bool {
        side.isMultiple(of: 2) && side >= taps.count
    }

    /// An orthonormal matrix: the upper half averages, the lower half takes differences.
    private static func filters(_ count: Int) -> [[Double]] {
        let length = taps.count
        var rows = Array(repeating: Array(repeating: 0.0, count: count), count: count)
        for place in 0..<count / 2 {
            for tap in 0..<length {
                let column = (2 * place + tap) % count
                rows[place][column] += taps[tap]
                rows[count / 2 + place][column] +=
                    (tap.isMultiple(of: 2) ? 1 : -1) * taps[length - 1 - tap]
            }
        }
        return rows
    }
}

extension Tensor {
    /// The first rows and columns of pictures.
    fileprivate func corner(_ height: Int, _ width: Int) throws(TorchError) -> Tensor {
        try slice(0..<height, along: 2).slice(0..<width, along: 3)
    }

    /// The pictures with other first rows and columns.
    fileprivate func replacingCorner(with corner: Tensor) throws(TorchError) -> Tensor {
        let (height, width) = (corner.shape[2], corner.shape[3])
        var top = corner
        if width < shape[3] {
            let right = try slice(0..<height, along: 2).slice(width..<shape[3], along: 3)
            top = try .concatenated([corner, right], along: 3)
        }
        guard height < shape[2] else { return top }
        return try .concatenated([top, slice(height..<shape[2], along: 2)], along: 2)
    }
}
