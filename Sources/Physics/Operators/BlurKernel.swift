import Glibc

/// The weights of a convolution, an odd number of them along each axis.
package struct BlurKernel: Sendable, Equatable {
    package let height: Int
    package let width: Int
    /// Row by row.
    package let weights: [Double]
    /// Weights along an axis whose products are the kernel, where there are such.
    let axes: (vertical: [Double], horizontal: [Double])?

    /// A kernel of any form.
    ///
    /// - Throws: `PhysicsError` when a size is even, or the sum is not positive and finite.
    package init(_ weights: [Double], height: Int, width: Int) throws(PhysicsError) {
        precondition(weights.count == height * width, "one weight per place")
        guard !height.isMultiple(of: 2), !width.isMultiple(of: 2) else {
            throw PhysicsError(
                .shape([height, width], expected: "odd; add a row or column of zeros"),
                in: "blur kernel")
        }
        let sum = weights.reduce(0, +)
        guard sum.isFinite, sum > 0 else {
            throw PhysicsError(
                .setting("the sum", value: sum, expected: "positive and finite"),
                in: "blur kernel")
        }
        self.height = height
        self.width = width
        self.weights = weights
        axes = nil
    }

    private init(axis: [Double]) {
        height = axis.count
        width = axis.count
        weights = axis.flatMap { a in axis.map { a * $0 } }
        axes = (axis, axis)
    }

    /// A Gaussian of the standard deviation `std` pixels on `size` × `size` pixels; its sum is 1.
    ///
    /// - Throws: `PhysicsError` when `std` is not positive or `size` is even.
    package static func gaussian(std: Double, size: Int) throws(PhysicsError) -> BlurKernel {
        let std = try std.checkedAsDeviation("std", in: "Gaussian blur")
        guard size > 0, !size.isMultiple(of: 2) else {
            throw PhysicsError(
                .setting("size", value: Double(size), expected: "odd"), in: "Gaussian blur")
        }
        let heights = (0..<size).map { index in
            let distance = Double(index - size / 2) / std
            return exp(-0.5 * distance * distance)
        }
        let sum = heights.reduce(0, +)
        return BlurKernel(axis: heights.map { $0 / sum })
    }

    /// A line of `length` pixels at `angle` degrees, anticlockwise from the right; its sum is 1.
    ///
    /// The weight of a pixel is the part of the line that lies in it, by pieces of a thousandth of a
    /// pixel at most.
    ///
    /// - Throws: `PhysicsError` when the length is not positive and finite.
    package static func motion(length: Double, angle: Double) throws(PhysicsError) -> BlurKernel {
        let length = try length.checkedAsDeviation("length", in: "motion blur")
        let (across, up) = (cos(angle * .pi / 180), sin(angle * .pi / 180))
        let pieces = max(Int((length * 1000).rounded(.up)), 1)
        // No piece lies further out than this.
        let reach = max(Int((length / 2 - 0.5 / Double(pieces)).rounded()), 0)
        let size = 2 * reach + 1
        var weights = [Double](repeating: 0, count: size * size)
        for piece in 0..<pieces {
            let place = ((Double(piece) + 0.5) / Double(pieces) - 0.5) * length
            let column = reach + Int((place * across).rounded())
            let row = reach - Int((place * up).rounded())
            weights[row * size + column] += 1 / Double(pieces)
        }
        return try BlurKernel(weights, height: size, width: size)
    }

    /// The kernel divided by its sum.
    package var normalized: BlurKernel {
        get throws(PhysicsError) {
            let sum = weights.reduce(0, +)
            return try BlurKernel(weights.map { $0 / sum }, height: height, width: width)
        }
    }

    package static func == (a: BlurKernel, b: BlurKernel) -> Bool {
        (a.height, a.width) == (b.height, b.width) && a.weights == b.weights
    }
}
