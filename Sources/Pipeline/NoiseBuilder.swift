import Arrays
import Jobs
import Physics
import Solvers
import Tensors

/// The one place where the noise of a job becomes a density.
struct NoiseBuilder {
    let pictures: PictureReader
    let streams: RandomStreams
    let device: Device
    /// Number of pictures, and channels, height and width of a measurement.
    let count: Int
    let measurementShape: [Int]
    /// Whether noise is drawn for the pictures, not only taken out of them.
    let isSimulated: Bool

    /// The noise that `spec` describes.
    ///
    /// - Parameters:
    ///   - spec: what the job says of it.
    ///   - path: where that stands.
    ///   - shelf: has the models.
    /// - Returns: the noise.
    /// - Throws: `JobFault` with the part that makes no sense or does not fit the measurement,
    ///   `ImageError` and `TorchError`.
    func noise(
        _ spec: NoiseSpec, at path: SettingPath = .key("noise"), shelf: inout ModelShelf
    ) throws -> JobNoise {
        if case .sum(let parts) = spec {
            return JobNoise(
                sumOf: try parts.indices.map { index in
                    try noise(parts[index], at: path[index], shelf: &shelf)
                })
        }
        let path = path[spec.name]
        return try JobFault.at(path, remedy: "choose other noise") {
            let noise = try part(spec, path, &shelf)
            try noise.model.validate(measurementShape)
            return noise
        }
    }

    /// Noise that is no sum.
    private func part(
        _ spec: NoiseSpec, _ path: SettingPath, _ shelf: inout ModelShelf
    ) throws -> JobNoise {
        switch spec {
        case .none, .sum: JobNoise(NoNoise())
        case .gaussian(.known(let std)):
            JobNoise(try GaussianNoise(std: std))
        case .gaussian(.estimate(let simulated)):
            JobNoise(
                UnknownGaussianNoise(measurementShape: measurementShape),
                simulation: try simulated.map { try GaussianNoise(std: $0) }
            )
        case .sine(let spec): try levelled(spec.amplitude) { try sine(spec, amplitude: $0) }
        case .radial(let spec): try levelled(spec.amplitude) { try radial(spec, amplitude: $0) }
        case .laplace(let std): JobNoise(try LaplaceNoise(std: std))
        case .flow(let flow): try self.flow(flow, path, &shelf)
        case .digits(let digits): try self.digits(digits, path, &shelf)
        case .studentT(let noise):
            JobNoise(
                try StudentTNoise(scale: noise.scale, degreesOfFreedom: noise.degreesOfFreedom))
        case .poisson(let peak): JobNoise(try PoissonNoise(peak: peak))
        }
    }

    /// Noise of a level that may have to be found.
    private func levelled(
        _ level: NoiseLevel, _ noise: (Double) throws -> any AmplifiedNoise
    ) throws -> JobNoise {
        switch level {
        case .known(let level): JobNoise(try noise(level))
        case .estimate(let simulated):
            JobNoise(
                try UnknownGaussianNoise(
                    like: noise(UnknownGaussianNoise.assumedStd),
                    measurementShape: measurementShape),
                simulation: try simulated.map { try noise($0) })
        }
    }

    private func sine(
        _ spec: SineNoiseSpec, amplitude: Double
    ) throws(PhysicsError) -> SineNoise {
        let axis: SineNoise.Axis =
            switch spec.axis {
            case .rows: .rows
            case .columns: .columns
            case .measurements: .measurements
            }
        return try SineNoise(
            amplitude: amplitude, period: spec.period, axis: axis, floor: spec.floor)
    }

    private func radial(
        _ spec: RadialNoiseSpec, amplitude: Double
    ) throws(PhysicsError) -> RadialNoise {
        try RadialNoise(
            amplitude: amplitude, decay: spec.decay, floor: spec.floor,
            center: spec.center.map { ($0.row, $0.column) })
    }
}
