import Tensors

extension BenchResult {
    /// What `iterations`, the seconds of each, say about `prior`.
    ///
    /// Matrices are multiplied afterwards, for comparison.
    ///
    /// - Throws: `BenchError` when too few were timed, `TorchError`.
    init(
        _ prior: BenchPrior, parameters: Int, passes: Int, _ options: MeasuringOptions,
        memoryBefore: Int, iterations: [Double]
    ) throws {
        // The matrices would count as well.
        let peak = try BenchMemory.peak()
        let times = iterations.dropFirst(Self.warmUp).sorted()
        guard let fastest = times.first else {
            throw BenchError(reason: .tooFewTimes(iterations.count), context: "measuring")
        }
        let middle = times.count / 2
        let median =
            times.count.isMultiple(of: 2) ? (times[middle - 1] + times[middle]) / 2 : times[middle]
        let work = prior.architecture.convolutionOperations(imageShape: prior.imageShape)
        let gflop = Double(passes * options.batch) * work / 1e9
        self.init(
            software: "sluice, libtorch \(try TorchProcess.version())", parameters: parameters,
            batch: options.batch, threads: options.threads, secondsPerIteration: median,
            fastest: fastest, convolutionGflop: gflop, gflops: gflop / median,
            sgemmGflops: try MatrixRate.measured(rows: options.matrixRows),
            memoryBeforeBytes: memoryBefore, peakMemoryBytes: peak)
    }
}
