package import Arrays
import Glibc

/// The structural similarity of `restored` to `truth`, data range 1, mean over pixels and
/// channels.
///
///     (2 μx μy + c₁)(2 σxy + c₂) / ((μx² + μy² + c₁)(σx² + σy² + c₂)),  c₁ = 0.01², c₂ = 0.03²
///
/// Moments are weighted by a Gaussian window of 11×11 pixels (σ = 1.5) with population
/// covariance; windows that would reach over the border are left out. `restored` is clipped to
/// [0, 1], as for the PSNR. Both are `[channel, height, width]`, float32 or float64.
///
/// Wang, Bovik, Sheikh, Simoncelli 2004, equation 13.
///
/// - Throws: `ImageError` when either is no picture, their shapes differ, or a side is shorter
///   than the window.
package func ssim(of restored: HostArray, truth: HostArray) throws(ImageError) -> Double {
    let (x, y) = try Planes.pair(restored, truth, name: "SSIM")
    let window = GaussianWindow()
    guard min(x.width, x.height) >= window.length else {
        let expected = "at least \(window.length) pixels wide and high"
        throw ImageError(.impossibleShape(restored.shape, expected: expected), in: "SSIM")
    }
    let size = x.width * x.height
    var sum = 0.0
    for channel in 0..<x.channels {
        let range = channel * size..<(channel + 1) * size
        sum += structuralSimilarity(
            x.values[range].map(clipped), Array(y.values[range]), width: x.width, window)
    }
    return sum / Double(x.channels)
}

/// The mean similarity of two planes of rows of `width` values.
private func structuralSimilarity(
    _ x: [Double], _ y: [Double], width: Int, _ window: GaussianWindow
) -> Double {
    let (c1, c2) = (0.0001, 0.0009)
    let meanX = window.means(x, width: width)
    let meanY = window.means(y, width: width)
    let meanXX = window.means(zip(x, x).map(*), width: width)
    let meanYY = window.means(zip(y, y).map(*), width: width)
    let meanXY = window.means(zip(x, y).map(*), width: width)
    var sum = 0.0
    for pixel in meanX.indices {
        let (a, b) = (meanX[pixel], meanY[pixel])
        let variances = meanXX[pixel] - a * a + meanYY[pixel] - b * b
        let covariance = meanXY[pixel] - a * b
        sum +=
            (2 * a * b + c1) * (2 * covariance + c2) / ((a * a + b * b + c1) * (variances + c2))
    }
    return sum / Double(meanX.count)
}

/// The window that local moments are taken over.
private struct GaussianWindow {
    let length = 11
    let weights: [Double]

    init() {
        let deviation = 1.5
        let bell = (-5...5).map { exp(-0.5 * Double($0 * $0) / (deviation * deviation)) }
        let sum = bell.reduce(0, +)
        weights = bell.map { $0 / sum }
    }

    /// Weighted means at every place where the whole window lies inside the plane.
    func means(_ plane: [Double], width: Int) -> [Double] {
        let height = plane.count / width
        let newWidth = width - length + 1
        var rows = [Double](repeating: 0, count: height * newWidth)
        for y in 0..<height {
            for x in 0..<newWidth {
                rows[y * newWidth + x] = sum(plane, from: y * width + x, by: 1)
            }
        }
        var result: [Double] = []
        for start in 0..<(height - length + 1) * newWidth {
            result.append(sum(rows, from: start, by: newWidth))
        }
        return result
    }

    private func sum(_ values: [Double], from start: Int, by stride: Int) -> Double {
        var sum = 0.0
        for tap in 0..<length { sum += weights[tap] * values[start + tap * stride] }
        return sum
    }
}
