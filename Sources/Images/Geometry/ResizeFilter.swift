import Glibc

/// The kernels that pictures are resized with, as Pillow defines them.
///
/// When a picture shrinks, the kernel is stretched by the same factor, so that no detail turns
/// into an alias.
package enum ResizeFilter: String, Sendable, CaseIterable {
    case box, bilinear, bicubic, lanczos

    /// Beyond this distance from its centre, in source pixels, the kernel is zero.
    package var support: Double {
        switch self {
        case .box: 0.5
        case .bilinear: 1
        case .bicubic: 2
        case .lanczos: 3
        }
    }

    /// The kernel's value at a distance of `x` source pixels.
    package func value(at x: Double) -> Double {
        switch self {
        // Half open, so that a pixel on the border of two cells counts once.
        case .box: x > -0.5 && x <= 0.5 ? 1 : 0
        case .bilinear: max(1 - abs(x), 0)
        case .bicubic: Self.bicubic(abs(x))
        case .lanczos: abs(x) < 3 || x == -3 ? Self.sinc(x) * Self.sinc(x / 3) : 0
        }
    }

    /// Keys 1981, equation 4, with a = −1/2.
    private static func bicubic(_ x: Double) -> Double {
        let a = -0.5
        if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
        if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
        return 0
    }

    private static func sinc(_ x: Double) -> Double {
        x == 0 ? 1 : sin(x * .pi) / (x * .pi)
    }
}
