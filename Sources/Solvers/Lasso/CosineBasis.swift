import Glibc
import Tensors

/// The two-dimensional discrete cosine transform of type II, orthonormal.
///
///     c = D_height · x · D_widthᵀ;  D[k, i] = √(2/n) cos(π (i + ½) k / n), row 0 over √2
///
/// Cost: (height + width) multiplications per pixel.
struct CosineBasis: PictureBasis {
    private let rows: Tensor
    private let columns: Tensor

    /// The basis of pictures of height × width pixels, in the numbers of `example`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(height: Int, width: Int, like example: Tensor) throws(TorchError) {
        rows = try .matrix(Self.cosines(height), like: example)
        columns = try .matrix(Self.cosines(width), like: example)
    }

    func coefficients(of pictures: Tensor) throws(TorchError) -> Tensor {
        try rows.matrixProduct(pictures).matrixProduct(columns.transposed())
    }

    func pictures(of coefficients: Tensor) throws(TorchError) -> Tensor {
        try rows.transposed().matrixProduct(coefficients).matrixProduct(columns)
    }

    /// Row k is the k-th basis function.
    private static func cosines(_ count: Int) -> [[Double]] {
        let n = Double(count)
        return (0..<count).map { k in
            let height = (k == 0 ? 1 / n : 2 / n).squareRoot()
            return (0..<count).map { height * cos(.pi * (Double($0) + 0.5) * Double(k) / n) }
        }
    }
}

extension Tensor {
    /// A matrix of `rows` in the numbers and on the device of `example`.
    ///
    /// - Throws: `TorchError` when memory is short.
    static func matrix(_ rows: [[Double]], like example: Tensor) throws(TorchError) -> Tensor {
        try Tensor(rows.flatMap { $0 }, shape: [rows.count, rows.first?.count ?? 0])
            .converted(to: example.dataType()).moved(to: example.device())
    }
}
