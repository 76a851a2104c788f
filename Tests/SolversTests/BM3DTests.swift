import Arrays
import Foundation
import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct BM3DTests {
    /// Edges, stripes and a slope, `[1, channels, 48, 48]`.
    private func scene(_ channels: Int) throws -> Tensor {
        let values = (0..<channels).flatMap { channel in
            (0..<48 * 48).map { pixel -> Double in
                let (row, column) = (pixel / 48, pixel % 48)
                let stripe = (row + column) / 6 % 2 == 0 ? 0.25 : 0.6
                return row < 24 ? stripe : Double(column + 8 * channel) / 64
            }
        }
        return try Tensor(values, shape: [1, channels, 48, 48])
    }

    private func psnr(_ picture: Tensor, _ truth: Tensor) throws -> Double {
        -10 * log10(try (picture.clamped(0, 1) - truth).square().mean().item())
    }

    private func restored(
        _ y: Tensor, _ noise: any NoiseModel, _ forward: any ForwardOperator = Identity()
    ) throws -> Tensor {
        try BM3D().solve(
            Problem(measurement: y, forward: forward, noise: noise)
        ) { _ in }.image
    }

    @Test(arguments: [(1, 0.1, 8.0), (3, 0.1, 9.0), (1, 0.25, 8.0), (3, 0.25, 9.0)])
    func `noise goes and edges stay`(_ channels: Int, _ std: Double, _ gain: Double) throws {
        let truth = try scene(channels)
        let noise = try GaussianNoise(std: std)
        var generator = Generator(seed: 2)
        let y = try noise.sample(given: truth, from: &generator)
        #expect(try psnr(restored(y, noise), truth) - psnr(y, truth) > gain)
    }

    @Test func `a picture without noise stays as it is`() throws {
        let truth = try scene(3)
        let found = try restored(truth, GaussianNoise(std: 1e-4))
        try expectClose(found, truth, tolerance: Tolerance(absolute: 1e-3))
    }

    @Test func `a dimmed picture is the picture with less noise`() throws {
        let noise = try GaussianNoise(std: 0.1)
        var generator = Generator(seed: 2)
        let y = try noise.sample(given: scene(1), from: &generator)
        let dimmed = try restored(y * 0.5, GaussianNoise(std: 0.05), Scale(0.5))
        try expectClose(dimmed, restored(y, noise), tolerance: Tolerance(absolute: 1e-5))
    }

    @Test func `turning the picture turns the result`() throws {
        let noise = try GaussianNoise(std: 0.1)
        var generator = Generator(seed: 2)
        let y = try noise.sample(given: scene(1), from: &generator)
        let turned = try restored(y.permuted([0, 1, 3, 2]).contiguous(), noise)
        // Blocks that are equally alike are taken in another order.
        try expectClose(
            turned.permuted([0, 1, 3, 2]), restored(y, noise), tolerance: Tolerance(absolute: 0.05))
    }

    @Test func `the strength is the root mean square of the noise, times a factor`() throws {
        let y = try Tensor.zeros([2, 3, 64, 64], .float64)
        let noise = try SineNoise(amplitude: 0.4)
        let squares = try noise.standardDeviation(of: y).square().mean().item()
        let problem = try Problem(measurement: y, forward: Scale(0.5), noise: noise)
        func deviations(_ settings: BM3D.Settings) throws -> [Double] {
            try BM3D(settings: settings).deviations(of: problem)
        }
        for factor in [0.5, 1, 1.5] {
            let expected = squares.squareRoot() * factor / 0.5
            try expectClose(
                deviations(.init(strength: factor)), [expected, expected],
                tolerance: Tolerance(relative: 1e-9))
        }
        #expect(try deviations(.init(std: 0.2)) == [0.4, 0.4])
    }

    @Test func `what it cannot undo is refused with what can`() throws {
        let noise = try GaussianNoise(std: 0.1)
        let blurred = Problem(
            measurement: try Tensor.zeros([1, 1, 8, 8]), forward: Halving(), noise: noise)
        let error = #expect(throws: SolverError.self) { try BM3D().solve(blurred) { _ in } }
        #expect("\(try #require(error))".contains("choose map, mle, asim, bora or lasso"))
        for shape in [[1, 2, 8, 8], [1, 1, 7, 8]] {
            let problem = Problem(
                measurement: try Tensor.zeros(shape), forward: Identity(), noise: noise)
            #expect(throws: SolverError.self) { try BM3D().solve(problem) { _ in } }
        }
        let problem = Problem(
            measurement: try Tensor.zeros([1, 1, 8, 8]), forward: Identity(), noise: noise)
        for settings in [BM3D.Settings(std: 0), .init(strength: -1), .init(std: .nan)] {
            #expect(throws: SolverError.self) {
                try BM3D(settings: settings).solve(problem) { _ in }
            }
        }
    }
}

private let goldens = ProcessInfo.processInfo.environment["SLUICE_DATA"].map {
    URL(filePath: $0).deletingLastPathComponent().appending(path: "goldens/bm3d")
}

/// The authors' program on classical pictures, which are not ours to keep here; `SLUICE_DATA` says
/// where they are.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: goldens != nil, "SLUICE_DATA names no folder with data"))
struct BM3DGoldenTests {
    private func array(_ name: String) throws -> Tensor {
        let folder = try #require(goldens)
        let stored = try NPYFile(reading: folder.appending(path: name).path).array
        let array = try stored.converted(to: .float64)
        return try Tensor(array.reshaped(to: [1, 1] + array.shape))
    }

    private func scores() throws -> [String: Double] {
        let folder = try #require(goldens)
        let text = try String(
            contentsOf: folder.appending(path: "bm3d_set12_sigma25.json"), encoding: .utf8)
        let images = try JSONValue(parsing: text, context: "scores")["images"]?.array ?? []
        var scores: [String: Double] = [:]
        for image in images {
            guard let name = image["name"]?.string else { continue }
            scores[name] = image["psnr_bm3d_clipped"]?.number
        }
        return scores
    }

    @Test func `the result is as good as that of the authors' program`() throws {
        let scores = try scores()
        var differences: [Double] = []
        for name in ["01", "03", "05"] {
            let y = try array("noisy_\(name)_u16.npy") / 16384 - 1
            let truth = try array("clean_\(name)_u8.npy") / 255
            let problem = try Problem(
                measurement: y, forward: Identity(), noise: GaussianNoise(std: 25.0 / 255))
            let found = try BM3D().solve(problem) { _ in }.image.clamped(0, 1)
            let psnr = -10 * log10(try (found - truth).square().mean().item())
            differences.append(psnr - (try #require(scores["\(name).png"])))
        }
        #expect(differences.allSatisfy { abs($0) < 0.3 }, "\(differences)")
        #expect(abs(differences.reduce(0, +) / 3) < 0.15, "\(differences)")
    }
}
