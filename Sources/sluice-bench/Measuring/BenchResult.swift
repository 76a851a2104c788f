import Foundation

/// What one run has measured.
struct BenchResult: Codable, Equatable {
    /// Iterations before the first that counts: libtorch chooses its kernels in them.
    static let warmUp = 2

    let software: String
    let parameters: Int
    let batch: Int
    let threads: Int
    /// The median.
    let secondsPerIteration: Double
    let fastest: Double
    /// Floating-point operations of an iteration's convolutions, in 10⁹.
    let convolutionGflop: Double
    /// Those per second.
    let gflops: Double
    /// The rate of large matrix products in the same run.
    let sgemmGflops: Double
    /// Resident before there was a model.
    let memoryBeforeBytes: Int
    let peakMemoryBytes: Int

    /// The same for people.
    var text: String {
        let speed = String(
            format: "%.4f s per iteration (fastest %.4f), batch %d, %d threads",
            secondsPerIteration, fastest, batch, threads)
        let work = String(
            format: "%.1f of %.1f sgemm GFLOP/s in %.3f GFLOP of convolutions, %d parameters",
            gflops, sgemmGflops, convolutionGflop, parameters)
        let memory = String(
            format: "%.0f MB at most, %.0f MB before the model",
            Double(peakMemoryBytes) / 1e6, Double(memoryBeforeBytes) / 1e6)
        return [speed, work, memory].joined(separator: "\n")
    }

    enum CodingKeys: String, CodingKey {
        case software, parameters, batch, threads, fastest, gflops
        case secondsPerIteration = "seconds_per_iteration"
        case convolutionGflop = "convolution_gflop"
        case sgemmGflops = "sgemm_gflops"
        case memoryBeforeBytes = "memory_before_bytes"
        case peakMemoryBytes = "peak_memory_bytes"
    }
}
