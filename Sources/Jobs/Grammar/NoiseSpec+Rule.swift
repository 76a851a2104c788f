internal import YAML

extension NoiseSpec {
    /// One noise, or a list of noises that add up.
    static var rule: Rule<NoiseSpec> {
        let single = single
        return .first(of: [single, sum(of: single)]) { noise in
            switch noise {
            case .sum(let parts): .sequence(parts.map(single.write))
            default: single.write(noise)
            }
        }
    }

    private static var single: Rule<NoiseSpec> {
        Rule.choice(additive + others, write: \.choice)
    }

    private static func sum(of single: Rule<NoiseSpec>) -> Rule<NoiseSpec> {
        let part = single.refusing { noise, _ in
            switch noise {
            case .none: ("is none within a sum", "leave it out")
            case .poisson: ("is poisson, which does not add up", "write it alone")
            case _ where noise.level?.isUnknown == true:
                (
                    "has an unknown \(noise.nameOfLevel) within a sum",
                    "write it alone, or give its \(noise.nameOfLevel)"
                )
            case .digits(let digits) where digits.placement == .search:
                ("searches for digits within a sum", "write it alone, or list the digits")
            case _ where noise.separation?.isSeparated == true:
                (
                    "is separated within a sum",
                    "write it alone; of a sum every part but the first is looked for as it is"
                )
            case _ where noise.separation?.beta != nil:
                ("has a beta without separate: true", "leave beta out")
            default: nil
            }
        }
        return Rule<[NoiseSpec]>.list(of: part, count: 1...JobSpec.mostParts, named: "noises")
            .mapped(
                to: { $0.count == 1 ? $0[0] : .sum($0) },
                from: { _ in [] }
            )
    }

    private static var additive: [Alternative<NoiseSpec>] {
        [
            .method("gaussian", GaussianForm.rule, "The same standard deviation everywhere.") {
                .gaussian($0.level)
            },
            .method("sine", SineNoiseSpec.rule, "Stripes of Gaussian noise.") { .sine($0) },
            .method("radial", RadialNoiseSpec.rule, "Gaussian noise around a point.") {
                .radial($0)
            },
            .method("laplace", LaplaceForm.rule, "Two-sided exponential noise.") {
                .laplace(std: $0.std)
            },
            .method("student_t", StudentTNoiseSpec.rule, "Heavy-tailed noise.") { .studentT($0) },
            .method("flow", FlowNoiseSpec.rule, "Noise with a model of its own.") { .flow($0) },
            .method("digits", DigitsNoiseSpec.rule, "Digits on the measurement.") { .digits($0) },
        ]
    }

    private static var others: [Alternative<NoiseSpec>] {
        [
            .method("none", "The measurement is exact.", .none),
            .method("poisson", PoissonForm.rule, "Counting noise.") { .poisson(peak: $0.peak) },
        ]
    }

    /// What a job calls it; a sum is called like its first part.
    package var name: String { choice.name }

    private var choice: Choice {
        switch self {
        case .none: Choice("none")
        case .gaussian(let level):
            Choice("gaussian", GaussianForm.rule.write(GaussianForm(level: level)))
        case .sine(let sine): Choice("sine", SineNoiseSpec.rule.write(sine))
        case .radial(let radial): Choice("radial", RadialNoiseSpec.rule.write(radial))
        case .laplace(let std): Choice("laplace", LaplaceForm.rule.write(LaplaceForm(std: std)))
        case .studentT(let noise): Choice("student_t", StudentTNoiseSpec.rule.write(noise))
        case .poisson(let peak): Choice("poisson", PoissonForm.rule.write(PoissonForm(peak: peak)))
        case .flow(let flow): Choice("flow", FlowNoiseSpec.rule.write(flow))
        case .digits(let digits): Choice("digits", DigitsNoiseSpec.rule.write(digits))
        case .sum(let parts): parts.first?.choice ?? Choice("none")
        }
    }
}

extension Rule where Value == Double {
    /// A standard deviation on the [0, 1] scale.
    ///
    /// Squares of much smaller ones leave the range of single precision.
    static var deviation: Rule { number(.from(1e-10, to: 100)) }

    /// The least standard deviation of noise that is not the same everywhere.
    static var deviationFloor: Rule { number(.from(1e-10, to: 1)) }
}

/// The settings of `laplace`.
private struct LaplaceForm {
    var std = 1.0

    static var rule: Rule<LaplaceForm> {
        .record(LaplaceForm(), [.required("std", \.std, .deviation, "The standard deviation.")])
    }
}

/// The settings of `poisson`.
private struct PoissonForm {
    var peak = 1.0

    static var rule: Rule<PoissonForm> {
        .record(
            PoissonForm(),
            [
                .required(
                    "peak", \.peak, .number(.from(0.0001, to: 1_000_000_000)),
                    "The mean count of a white pixel.")
            ])
    }
}

extension StudentTNoiseSpec {
    static var rule: Rule<StudentTNoiseSpec> {
        .record(
            StudentTNoiseSpec(scale: 1),
            [
                .required("scale", \.scale, .deviation, "The scale of the distribution."),
                .setting(
                    "degrees_of_freedom", \.degreesOfFreedom, .number(.from(0.1, to: 1000)),
                    "Few make heavy tails."),
            ])
    }
}

extension PixelPoint {
    static var rule: Rule<PixelPoint> {
        .record(
            PixelPoint(row: 0, column: 0),
            [
                .required("row", \.row, .integer(in: 0...65535), "Counted from 0."),
                .required("column", \.column, .integer(in: 0...65535), "Counted from 0."),
            ])
    }
}
