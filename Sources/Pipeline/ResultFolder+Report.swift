import Jobs
import Reports
import YAML

extension ResultFolder {
    /// Writes numbers, trace, report and the job with every default filled in.
    ///
    /// - Throws: `ArrayError` or `ImageError`.
    mutating func write(_ report: Report, of spec: JobSpec, picturePrefix: String) throws {
        let resolved = spec.naming(picturesBeneath: picturePrefix)
        try write([UInt8](resolved.value.yaml.utf8), to: "job.resolved.yaml")
        try write([UInt8](report.traceCSV().utf8), to: "trace.csv")
        if !report.comparison.isEmpty {
            try write([UInt8](report.comparisonCSV().utf8), to: "comparison.csv")
        }
        if output.report { try write([UInt8](report.html().utf8), to: "report.html") }
        try write([UInt8](report.resultJSON().utf8), to: "result.json")
    }
}

extension JobSpec {
    /// The same job, with its pictures in another folder.
    fileprivate func naming(picturesBeneath prefix: String) -> JobSpec {
        var spec = self
        spec.images = images.beneath(prefix)
        spec.noise = noise.naming(picturesBeneath: prefix)
        return spec
    }
}

extension NoiseSpec {
    fileprivate func naming(picturesBeneath prefix: String) -> NoiseSpec {
        switch self {
        case .digits(var digits):
            digits.pictures = digits.pictures?.beneath(prefix)
            return .digits(digits)
        case .flow(var flow):
            flow.pictures = flow.pictures?.beneath(prefix)
            return .flow(flow)
        case .sum(let parts): return .sum(parts.map { $0.naming(picturesBeneath: prefix) })
        case .none, .gaussian, .sine, .radial, .laplace, .studentT, .poisson: return self
        }
    }
}

extension ImagesSpec {
    fileprivate func beneath(_ prefix: String) -> ImagesSpec {
        func moved(_ path: String) -> String { path.hasPrefix("/") ? path : prefix + path }
        return switch self {
        case .files(let paths): .files(paths.map(moved))
        case .glob(let glob): .glob(Glob(moved(glob.path)))
        case .idx: self
        }
    }
}
