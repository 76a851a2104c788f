import Foundation
import Physics
import Programs
import Tensors

/// What forward operators cost, in seconds for f(x) and Aᵀ y together.
struct OperatorsResult: Codable, Equatable {
    /// A blur by a kernel of `side` × `side` weights.
    struct BlurTime: Codable, Equatable {
        let side: Int
        let direct: Double
        let fourier: Double
    }

    let software: String
    let threads: Int
    let batch: Int
    let blurs: [BlurTime]
    let measurements: Int
    /// The product with a dense matrix and with its transpose, one picture.
    let matrixSeconds: Double
    /// Gigabytes of the matrix that are read in a second by the products.
    let matrixRate: Double
    /// Gigabytes of the same memory that are read in a second when its numbers are added up.
    let readingRate: Double

    /// Measures, each time the median of `repeats`.
    ///
    /// - Throws: `TorchError` when memory is short; `PhysicsError`.
    init(batch: Int, measurements: Int, repeats: Int, threads: Int) throws {
        software = Software.name
        self.threads = threads
        self.batch = batch
        self.measurements = measurements
        let streams = RandomStreams(seed: 0)
        var stream = streams["pictures"]
        let pictures = try stream.normal([batch, 3, 64, 64], .float32)
        blurs = try [3, 5, 7, 9, 11, 15, 21, 31].map { side in
            func seconds(_ method: Blur.Method) throws -> Double {
                let kernel = try BlurKernel(
                    Array(repeating: 1, count: side * side), height: side, width: side)
                let blur = try Blur(
                    kernel, boundary: .reflect, height: 64, width: 64, method: method)
                return try Self.median(repeats) { _ = try blur.adjoint(blur.apply(pictures)) }
            }
            return try BlurTime(
                side: side, direct: seconds(.direct), fourier: seconds(.fourier))
        }
        let shape = [3, 64, 64]
        let room = MatrixRoom(
            rows: measurements, columns: shape.reduce(1, *), freeBytes: FreeMemory().bytes)
        let bytes = Double(room.bytes)
        let (matrix, product) = try room.make(in: "--measurements") {
            var one = streams["matrix"]
            let matrix = try one.normal([room.rows, room.columns], .float32)
            return (matrix, try MatrixProduct([matrix], inputShape: shape, normBound: 1))
        }
        let picture = try pictures.slice(0..<1, along: 0)
        matrixSeconds = try Self.median(repeats) {
            _ = try product.adjoint(product.apply(picture))
        }
        matrixRate = 2 * bytes / matrixSeconds / 1e9
        readingRate = bytes / (try Self.median(repeats) { _ = try matrix.sum().item() }) / 1e9
    }

    private static func median(_ repeats: Int, _ body: () throws -> Void) throws -> Double {
        let clock = ContinuousClock()
        let times = try (0...repeats).map { _ in try clock.measure(body) / .seconds(1) }
        return times.dropFirst().sorted()[repeats / 2]
    }

    /// The same for people.
    var text: String {
        let lines = blurs.map {
            String(
                format: "blur %2d × %2d: direct %.2f ms, Fourier %.2f ms", $0.side, $0.side,
                $0.direct * 1e3, $0.fourier * 1e3)
        }
        let matrix = String(
            format: "matrix of %d rows: %.1f ms, %.1f GB/s; its memory is read at %.1f GB/s",
            measurements, matrixSeconds * 1e3, matrixRate, readingRate)
        return (lines + [matrix]).joined(separator: "\n")
    }

    enum CodingKeys: String, CodingKey {
        case software, threads, batch, blurs, measurements
        case matrixSeconds = "matrix_seconds"
        case matrixRate = "matrix_gigabytes_per_second"
        case readingRate = "reading_gigabytes_per_second"
    }
}
