/// Where a solver stood at one iteration of one picture.
package struct TracePoint: Equatable, Sendable {
    package let iteration: Int
    package let objective: Double
    package let dataTerm: Double
    package let priorTerm: Double
    /// In dB, where the truth is known and was compared with at this iteration.
    package let psnr: Double?
    /// Since the picture was begun.
    package let seconds: Double

    package init(
        iteration: Int, objective: Double, dataTerm: Double, priorTerm: Double,
        psnr: Double? = nil, seconds: Double
    ) {
        self.iteration = iteration
        self.objective = objective
        self.dataTerm = dataTerm
        self.priorTerm = priorTerm
        self.psnr = psnr
        self.seconds = seconds
    }
}
