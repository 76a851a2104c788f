internal import YAML

extension NoiseLevel {
    /// Whether it has to be estimated.
    package var isUnknown: Bool { if case .estimate = self { true } else { false } }
}

/// A noise and its strength, as they are written side by side.
struct LevelledForm<Noise> {
    var noise: Noise
    /// Nil when it is not known.
    var known: Double?
    var simulated: Double?

    init(_ noise: Noise, _ level: NoiseLevel) {
        self.noise = noise
        switch level {
        case .known(let level): known = level
        case .estimate(let simulated): self.simulated = simulated
        }
    }

    private var level: NoiseLevel { known.map(NoiseLevel.known) ?? .estimate(simulated: simulated) }

    /// The rule of noise with `fields` beside its level, which stands at `path`.
    ///
    /// - Parameters:
    ///   - noise: the noise with every default.
    ///   - path: where its level is.
    ///   - key: what the level is called.
    ///   - words: what it is.
    ///   - isRequired: whether it has to be written.
    ///   - fields: the other settings.
    /// - Returns: what reads and writes such noise.
    static func rule(
        _ noise: Noise, _ path: WritableKeyPath<Noise, NoiseLevel>, key: String,
        _ words: String, isRequired: Bool = false, _ fields: [Field<Noise>] = []
    ) -> Rule<Noise> {
        let level = Rule<Double?>.word("estimate", or: .deviation)
        let documentation = "\(words); estimate: found together with the picture."
        return Rule.record(
            LevelledForm(noise, noise[keyPath: path]),
            [
                isRequired
                    ? .required(key, \.known, level, documentation)
                    : .setting(key, \.known, level, documentation),
                .optional(
                    "simulated_\(key)", \.simulated, .deviation,
                    "The same of simulated noise, which the solver has to find."),
            ] + fields.map { $0.lifted(\.noise) }
        )
        .refusing { form, _ in
            form.known != nil && form.simulated != nil
                ? (
                    "has a simulated_\(key) beside a known \(key)",
                    "leave it out, or write \(key): estimate"
                ) : nil
        }
        .mapped(
            to: { form in
                var noise = form.noise
                noise[keyPath: path] = form.level
                return noise
            },
            from: { LevelledForm($0, $0[keyPath: path]) })
    }
}

/// The settings of `gaussian`.
struct GaussianForm {
    var level: NoiseLevel

    static var rule: Rule<GaussianForm> {
        LevelledForm.rule(
            GaussianForm(level: .known(1)), \.level, key: "std", "The standard deviation",
            isRequired: true)
    }
}

extension SineNoiseSpec {
    static var rule: Rule<SineNoiseSpec> {
        LevelledForm.rule(
            SineNoiseSpec(), \.amplitude, key: "amplitude", "The largest standard deviation",
            [
                .setting(
                    "period", \.period, .number(.above(0, to: 1_000_000)),
                    "The rows, columns or measurements of one wave."),
                .setting("axis", \.axis, .word(Axis.self), "What the wave runs over."),
                .setting(
                    "floor", \.floor, .deviationFloor,
                    "The least standard deviation."),
            ])
    }
}

extension RadialNoiseSpec {
    static var rule: Rule<RadialNoiseSpec> {
        LevelledForm.rule(
            RadialNoiseSpec(), \.amplitude, key: "amplitude",
            "The standard deviation at the center",
            [
                .setting(
                    "decay", \.decay, .number(.above(0, to: 1000)),
                    "How fast it falls, by the squared distance in pixels."),
                .setting(
                    "floor", \.floor, .deviationFloor,
                    "The least standard deviation."),
                .setting(
                    "center", \.center, .word("auto", or: PixelPoint.rule),
                    "The pixel of the maximum; auto: the middle of the picture."),
            ])
    }
}
