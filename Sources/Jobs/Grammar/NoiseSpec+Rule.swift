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
            case .gaussian(.estimate):
                ("has an unknown std within a sum", "write it alone, or give its std")
            case .digits(let digits) where digits.placement == .search:
                ("searches for digits within a sum", "write it alone, or list the digits")
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
    static var deviation: Rule { number(.above(0, to: 100)) }
}

/// The settings of `gaussian`.
private struct GaussianForm {
    /// Nil when it is not known.
    var std: Double?
    var simulated: Double?

    init(level: NoiseLevel) {
        switch level {
        case .known(let std): self.std = std
        case .estimate(let simulated): self.simulated = simulated
        }
    }

    var level: NoiseLevel { std.map(NoiseLevel.known) ?? .estimate(simulated: simulated) }

    static var rule: Rule<GaussianForm> {
        Rule.record(
            GaussianForm(level: .known(1)),
            [
                .required(
                    "std", \.std, .word("estimate", or: .deviation),
                    "The standard deviation; estimate: found together with the picture."),
                .optional(
                    "simulated_std", \.simulated, .deviation,
                    "The standard deviation of simulated noise, which the solver has to find."),
            ]
        )
        .refusing { form, _ in
            form.std != nil && form.simulated != nil
                ? ("has a simulated_std beside a known std", "leave it out, or write std: estimate")
                : nil
        }
    }
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
                    "peak", \.peak, .number(.above(0, to: 1_000_000_000)),
                    "The mean count of a white pixel.")
            ])
    }
}

extension SineNoiseSpec {
    static var rule: Rule<SineNoiseSpec> {
        .record(
            SineNoiseSpec(),
            [
                .setting(
                    "amplitude", \.amplitude, .deviation, "The largest standard deviation."),
                .setting(
                    "period", \.period, .number(.above(0, to: 1_000_000)),
                    "The rows, columns or measurements of one wave."),
                .setting("axis", \.axis, .word(Axis.self), "What the wave runs over."),
                .setting(
                    "floor", \.floor, .number(.above(0, to: 1)),
                    "The least standard deviation."),
            ])
    }
}

extension RadialNoiseSpec {
    static var rule: Rule<RadialNoiseSpec> {
        .record(
            RadialNoiseSpec(),
            [
                .setting(
                    "amplitude", \.amplitude, .deviation, "The standard deviation at the center."),
                .setting(
                    "decay", \.decay, .number(.above(0, to: 1000)),
                    "How fast it falls, by the squared distance in pixels."),
                .setting(
                    "floor", \.floor, .number(.above(0, to: 1)),
                    "The least standard deviation."),
                .setting(
                    "center", \.center, .word("auto", or: PixelPoint.rule),
                    "The pixel of the maximum; auto: the middle of the picture."),
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
                    "degrees_of_freedom", \.degreesOfFreedom, .number(.above(0, to: 1000)),
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
