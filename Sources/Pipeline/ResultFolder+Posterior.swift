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
    init(_ posterior: Posterior) throws {
        self.init(
            samples: posterior.samples.shape[0],
            deviation: try posterior.deviation.square().mean().item().squareRoot(),
            effectiveSamples: posterior.effectiveSamples,
            scaleReduction: posterior.scaleReduction)
    }
}
