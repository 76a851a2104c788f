import Glibc
package import Tensors

/// Pictures with the statistics of photographs, made in code: shading, blobs with edges, and
/// fine structure whose amplitude falls as 1 / frequency.
///
/// A model of natural pictures finds them far likelier when it is read as it was trained than
/// under a wrong convention.
package struct ProbePictures {
    /// Channels, height and width.
    let shape: [Int]
    private var generator: Generator

    package init(shape: [Int], seed: UInt64 = 20_200_705) {
        self.shape = shape
        generator = Generator(seed: seed)
    }

    /// `count` pictures of `bits` bits with uniform dequantisation, `[count] + shape`, in [0, 1].
    ///
    /// - Throws: `TorchError` when memory is short.
    package mutating func drawn(_ count: Int, bits: Int) throws(TorchError) -> Tensor {
        var values: [Double] = []
        values.reserveCapacity(count * shape.reduce(1, *))
        for _ in 0..<count { values += picture() }
        let pictures = try Tensor(values, shape: [count] + shape)
        return try Self.dequantized(pictures, bits: bits, noise: &generator)
    }

    /// Pictures in [0, 1] at `bits` bits, with uniform noise within a step.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func dequantized(
        _ pictures: Tensor, bits: Int, noise: inout Generator
    ) throws(TorchError) -> Tensor {
        let steps = Double(1 << min(max(bits, 1), 16))
        let bins = try (pictures * steps).floor().clamped(0, steps - 1)
        return try (bins + noise.uniform(bins.shape, .float64)) / steps
    }

    private mutating func picture() -> [Double] {
        let colors = [color(), color()]
        let angle = uniform(0, 2 * Double.pi)
        let waves = (0..<24).map { _ in Wave(&self) }
        let blobs = (0..<4).map { _ in Blob(color(), &self) }
        let strength = uniform(0.01, 0.04)
        var values = [Double](repeating: 0, count: shape.reduce(1, *))
        for row in 0..<shape[1] {
            for column in 0..<shape[2] {
                let y = (Double(row) + 0.5) / Double(shape[1]) - 0.5
                let x = (Double(column) + 0.5) / Double(shape[2]) - 0.5
                let way = min(max(0.5 + cos(angle) * x + sin(angle) * y, 0), 1)
                let detail = strength * waves.reduce(0) { $0 + $1.value(x, y) }
                for channel in 0..<shape[0] {
                    var value = colors[0][channel] * (1 - way) + colors[1][channel] * way
                    for blob in blobs {
                        let share = blob.share(x, y, pixel: 1 / Double(shape[2]))
                        value += (blob.color[channel] - value) * share
                    }
                    values[(channel * shape[1] + row) * shape[2] + column] =
                        min(max(value + detail, 0), 1)
                }
            }
        }
        return values
    }

    /// A color whose channels are alike, as in photographs.
    private mutating func color() -> [Double] {
        let brightness = uniform(0.1, 0.9)
        return (0..<shape[0]).map { _ in min(max(brightness + uniform(-0.25, 0.25), 0), 1) }
    }

    private mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
        lower + Double(generator.next() >> 11) * 0x1p-53 * (upper - lower)
    }
}

extension ProbePictures {
    /// A ripple across the picture.
    private struct Wave {
        let frequency: [Double]
        let phase: Double
        let amplitude: Double

        init(_ pictures: inout ProbePictures) {
            let periods = exp(pictures.uniform(0, log(16)))
            let angle = pictures.uniform(0, Double.pi)
            frequency = [cos(angle), sin(angle)].map { 2 * Double.pi * periods * $0 }
            phase = pictures.uniform(0, 2 * Double.pi)
            amplitude = 1 / periods
        }

        func value(_ x: Double, _ y: Double) -> Double {
            amplitude * cos(frequency[0] * x + frequency[1] * y + phase)
        }
    }

    /// An ellipse of one color.
    private struct Blob {
        let color: [Double]
        let center: [Double]
        let radii: [Double]

        init(_ color: [Double], _ pictures: inout ProbePictures) {
            self.color = color
            center = [pictures.uniform(-0.5, 0.5), pictures.uniform(-0.5, 0.5)]
            radii = [pictures.uniform(0.1, 0.35), pictures.uniform(0.1, 0.35)]
        }

        /// How much of the pixel is inside.
        func share(_ x: Double, _ y: Double, pixel: Double) -> Double {
            let distance = hypot((x - center[0]) / radii[0], (y - center[1]) / radii[1])
            let inside = (1 - distance) * min(radii[0], radii[1]) / pixel + 0.5
            return min(max(inside, 0), 1)
        }
    }
}
