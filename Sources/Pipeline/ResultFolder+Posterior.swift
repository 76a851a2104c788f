import Arrays
import Images
import Jobs
import Reports
import Solvers
import Tensors

extension ResultFolder {
    /// Writes how sure a picture is: its deviations always as numbers, and pictures and samples as the
    /// job wants them.
    ///
    /// - Throws: `ArrayError` or `ImageError`.
    mutating func write(
        _ posterior: Posterior, _ pictures: ImagePictures, _ name: String
    ) throws {
        if output.images == .png {
            try pictures.deviation.map {
                try write($0.picture.png(name: name), to: "\(place)deviation/\(name).png")
            }
            try pictures.samples.map {
                try write($0.png(name: name), to: "\(place)samples/\(name).png")
            }
        }
        try write(
            NPYFile(posterior.deviation.hostArray()).serialized(),
            to: "\(place)deviation/\(name).npy")
        try write(
            NPYFile(posterior.interval.hostArray()).serialized(),
            to: "\(place)interval/\(name).npy")
        guard output.arrays else { return }
        try write(
            NPYFile(posterior.samples.hostArray()).serialized(), to: "\(place)samples/\(name).npy")
    }
}

extension Posterior {
    /// More samples than these would be too small to be seen.
    private static let mostOnSheet = 64

    /// Samples side by side, nil when none is finite.
    ///
    /// - Throws: `ImageError` or `TorchError`.
    func sheet(named name: String) throws -> Picture? {
        var pictures: [Picture] = []
        for index in 0..<min(samples.shape[0], Self.mostOnSheet) {
            let sample = try samples.element(index)
            guard try sample.isAllFinite() else { continue }
            pictures.append(try Picture(floats: sample.hostArray(), name: name))
        }
        guard !pictures.isEmpty else { return nil }
        let side = max(samples.shape[2], samples.shape[3])
        return try ContactSheet(magnification: side <= 32 ? 2 : 1).picture(of: pictures)
    }
}

extension PosteriorFacts {
    /// - Throws: `TorchError` when memory is short.
    init(_ posterior: Posterior, truth: Tensor?) throws {
        self.init(
            samples: posterior.samples.shape[0],
            deviation: try posterior.deviation.square().mean().item().squareRoot(),
            effectiveSamples: posterior.effectiveSamples,
            scaleReduction: posterior.scaleReduction,
            covered: try truth.map(posterior.covered))
    }
}

extension Posterior {
    /// The share of the pixels of `truth`, `[channel, height, width]`, that lie within the interval, as
    /// levels of a picture file.
    ///
    /// - Throws: `TorchError` when memory is short.
    fileprivate func covered(_ truth: Tensor) throws -> Double {
        let half: Float = 0.5 / 255
        let lower = try interval.element(0).floats()
        let upper = try interval.element(1).floats()
        let pixels = try truth.floats()
        let within = pixels.indices.count {
            pixels[$0] >= lower[$0] - half && pixels[$0] <= upper[$0] + half
        }
        return Double(within) / Double(max(pixels.count, 1))
    }
}
