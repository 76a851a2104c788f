/// A convolution with a kernel.
package struct BlurSpec: Equatable, Sendable {
    package enum Kernel: Equatable, Sendable {
        /// A Gaussian of this standard deviation in pixels on `size` × `size` pixels.
        case gaussian(std: Double, size: Int)
        /// The array of an NPY file.
        case file(String)
        /// A line of `length` pixels at `angle` degrees, anticlockwise from the right.
        case motion(length: Double, angle: Double)
    }

    /// What is assumed beyond the edge of the picture.
    package enum Boundary: String, CaseIterable, Sendable {
        case reflect, circular, zero
    }

    package var kernel: Kernel
    package var boundary: Boundary

    package init(kernel: Kernel, boundary: Boundary = .reflect) {
        self.kernel = kernel
        self.boundary = boundary
    }
}
