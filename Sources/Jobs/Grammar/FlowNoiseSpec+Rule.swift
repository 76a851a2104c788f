internal import YAML

extension FlowNoiseSpec {
    fileprivate static let separation =
        "Whether picture and noise are looked for beside each other, with map alone."
    fileprivate static let weight =
        "The weight of the noise's model where they are; auto: what was measured to be good."

    static var rule: Rule<FlowNoiseSpec> {
        .record(
            FlowNoiseSpec(model: ModelReference("")),
            [
                .required("model", \.model, .model, "A model of pictures of noise."),
                .setting(
                    "placement", \.placement, Placement.rule,
                    "Where the model's picture lies in the measurement."),
                .setting(
                    "background", \.background, .deviation,
                    "The standard deviation outside the model's picture."),
                .optional(
                    "pictures", \.pictures, ImagesSpec.rule,
                    "Pictures of noise to draw from when the measurement is simulated."),
                .setting("separate", \.isSeparated, .boolean, separation),
                .setting("beta", \.beta, .weightOfNoise, weight),
            ])
    }
}

extension FlowNoiseSpec.Placement {
    static var rule: Rule<FlowNoiseSpec.Placement> {
        let patch = NoisePlacement.rule
            .mapped(to: { Self.patch($0) }, from: { _ in NoisePlacement(row: 0, column: 0) })
        return .first(of: [.word("full", for: .full), patch]) { placement in
            switch placement {
            case .full: "full"
            case .patch(let place): NoisePlacement.rule.write(place)
            }
        }
    }
}

extension Rule where Value == Double? {
    /// The weight of a model of noise, which must have some.
    fileprivate static var weightOfNoise: Rule {
        .word("auto", or: .number(.above(0, to: 1_000_000_000)))
    }
}

extension NoisePlacement {
    static var rule: Rule<NoisePlacement> {
        .record(
            NoisePlacement(row: 0, column: 0),
            [
                .required("row", \.row, .integer(in: 0...65535), "Of the top edge, from 0."),
                .required("column", \.column, .integer(in: 0...65535), "Of the left edge, from 0."),
                .optional(
                    "channel", \.channel, .integer(in: 0...2),
                    "0 red, 1 green, 2 blue; every channel when left out."),
            ])
    }
}

extension DigitsNoiseSpec {
    static var rule: Rule<DigitsNoiseSpec> {
        .record(
            DigitsNoiseSpec(),
            [
                .setting("model", \.model, .model, "The model of one digit."),
                .setting(
                    "amplitude", \.amplitude, .number(.from(0.0001, to: 100)),
                    "What a white pixel of a digit adds."),
                .setting(
                    "placement", \.placement, Placement.rule,
                    "How it is known where the digits lie."),
                .setting(
                    "background", \.background, .deviation,
                    "The standard deviation outside the digits."),
                .optional(
                    "pictures", \.pictures, ImagesSpec.rule,
                    "The digits to draw from when the measurement is simulated."),
                .setting("separate", \.isSeparated, .boolean, FlowNoiseSpec.separation),
                .setting("beta", \.beta, .weightOfNoise, FlowNoiseSpec.weight),
            ])
    }
}

extension DigitsNoiseSpec.Placement {
    static var rule: Rule<DigitsNoiseSpec.Placement> {
        let list = Rule<[NoisePlacement]>
            .list(of: NoisePlacement.rule, count: 1...256, named: "{row, column, channel}")
        let stated = list.mapped(to: { Self.at($0) }, from: { _ in [] })
        return .first(
            of: [.word("known", for: .known), .word("search", for: .search), stated]
        ) { placement in
            switch placement {
            case .known: "known"
            case .search: "search"
            case .at(let places): list.write(places)
            }
        }
    }
}
