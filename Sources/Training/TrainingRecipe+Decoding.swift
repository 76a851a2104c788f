import Models

extension TrainingRecipe {
    /// Reads what a checkpoint says; one of an older version lacks what that did not have.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try values.decode(String.self, forKey: .name),
            architecture: try values.decode(Architecture.self, forKey: .architecture),
            train: try values.decode([String].self, forKey: .train),
            validation: try values.decode([String].self, forKey: .validation),
            validationLimit: try values.decodeIfPresent(Int.self, forKey: .validationLimit),
            bits: try values.decode(Int.self, forKey: .bits),
            flips: try values.decode(Bool.self, forKey: .flips),
            batch: try values.decode(Int.self, forKey: .batch),
            steps: try values.decode(Int.self, forKey: .steps),
            parts: try values.decodeIfPresent(Int.self, forKey: .parts) ?? 1,
            precision: try values.decodeIfPresent(Precision.self, forKey: .precision) ?? .float32,
            adversary: try values.decodeIfPresent(AdversarySettings.self, forKey: .adversary)
                ?? AdversarySettings(),
            unfolding: try values.decodeIfPresent(UnfoldingSettings.self, forKey: .unfolding),
            beta1: try values.decodeIfPresent(Double.self, forKey: .beta1) ?? 0.9,
            patience: try values.decodeIfPresent(Int.self, forKey: .patience),
            schedule: try values.decode(LearningRateSchedule.self, forKey: .schedule),
            maximumGradientNorm: try values.decode(Double.self, forKey: .maximumGradientNorm),
            weightNormPenalty: try values.decode(Double.self, forKey: .weightNormPenalty),
            averaging: try values.decode(Double.self, forKey: .averaging),
            validateEvery: try values.decode(Int.self, forKey: .validateEvery),
            seed: try values.decode(UInt64.self, forKey: .seed))
    }

    enum CodingKeys: String, CodingKey {
        case name, architecture, train, validation, validationLimit, bits, flips, batch, steps
        case parts, precision, adversary, unfolding, beta1, patience, schedule, maximumGradientNorm
        case weightNormPenalty, averaging, validateEvery, seed
    }
}
