package import YAML

extension RecipeSpec {
    /// The keys as written, of which one says how long the training goes on.
    private struct Form {
        var spec = RecipeSpec(
            name: "", architecture: .glow(GlowSpec(levels: 1, steps: 1, hidden: 1)), train: [],
            validation: [], length: .steps(1), learningRate: LearningRateSpec(peak: 1))
        var steps: Int?
        var epochs: Int?
    }

    /// The grammar of a training recipe.
    package static var rule: Rule<RecipeSpec> {
        Rule.record(
            Form(),
            [.constant("version", 1, "The version of the recipe grammar.")] + model + data
                + training + safety + description, [.exactlyOne(["steps", "epochs"])]
        )
        .mapped(to: Self.init(form:), from: \.form)
        .refusing { spec, _ in spec.contradiction }
    }

    /// What stands in the recipe of another architecture, and what to do about it.
    private var contradiction: (problem: String, remedy: String)? {
        switch architecture {
        case .dcgan, .vae, .unfolded:
            guard weightNormPenalty == 0 else {
                return ("has a weight_norm_penalty without a flow", "leave it out")
            }
        case .glow, .realNVP: break
        }
        if case .unfolded = architecture, unfolding == nil {
            return (
                "has an unfolded network and no unfolding",
                "add unfolding: {forward: …, noise: …}, the measurement that it learns to undo"
            )
        }
        if unfolding != nil {
            guard case .unfolded = architecture else {
                return ("has an unfolding without an unfolded network", "leave unfolding out")
            }
        }
        guard adversary != AdversarySpec() else { return nil }
        if case .dcgan = architecture { return nil }
        return ("has an adversary without a dcgan", "leave adversary out")
    }

    /// The recipe with every default filled in.
    package var value: YAMLValue { Self.rule.write(self) }

    /// Reads the recipe at `path`.
    ///
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package static func read(path: String) throws(JobError) -> RecipeSpec {
        try SpecReader(rule).read(path: path)
    }

    private init(form: Form) {
        self = form.spec
        length = form.epochs.map(Length.epochs) ?? .steps(form.steps ?? 1)
    }

    private var form: Form {
        switch length {
        case .steps(let steps): Form(spec: self, steps: steps)
        case .epochs(let epochs): Form(spec: self, epochs: epochs)
        }
    }

    private static var model: [Field<Form>] {
        let name = Rule<String>.text("a name for the model").refusing { name, _ in
            ModelReference.isName(name)
                ? nil : ("is \(name)", "write letters, digits, dots, hyphens and underscores")
        }
        return [
            .required("name", \.spec.name, name, "The name of the model and of its folder."),
            .required(
                "architecture", \.spec.architecture, ArchitectureSpec.rule, "The network."),
            .optional(
                "start", \.spec.start, .modelFolder,
                "The folder of a model with whose weights the training begins."),
        ]
    }

    private static var data: [Field<Form>] {
        let files = Rule<[String]>.list(of: .datasetPath, count: 1...1000, named: "IDX files")
        return [
            .required("train", \.spec.train, files, "IDX files with training pictures."),
            .required(
                "validation", \.spec.validation, files, "IDX files with validation pictures."),
            .setting(
                "validation_limit", \.spec.validationLimit,
                .word("all", or: .integer(in: 1...10_000_000)),
                "How many validation pictures are used."),
            .setting(
                "bits", \.spec.bits, .integer(in: 1...8),
                "The depth to which pictures are quantised."),
            .setting(
                "flips", \.spec.flips, .boolean,
                "Whether pictures are mirrored at random, left to right."),
            .optional(
                "zero", \.spec.zero, .word(RecipeSpec.Zero.self),
                "For a model of noise: what its pictures show where there is none."),
        ]
    }

    private static var training: [Field<Form>] {
        [
            .setting(
                "batch", \.spec.batch, .integer(in: 1...65536), "Pictures in one step."),
            .setting(
                "parts", \.spec.parts, .integer(in: 1...65536),
                "Pieces of a batch, one after the other: less memory, the same result."),
            .setting(
                "precision", \.spec.precision, .word(RecipeSpec.Precision.self),
                "Of the matrix products of coupling networks; bfloat16 is faster on GPUs."),
            .optional("steps", \.steps, .integer(in: 1...1_000_000_000), "How many steps."),
            .optional("epochs", \.epochs, .integer(in: 1...1_000_000), "How many epochs."),
            .required(
                "learning_rate", \.spec.learningRate, LearningRateSpec.rule, "Of Adam."),
            .setting(
                "beta1", \.spec.beta1, .number(.from(0, to: 0.999)),
                "How slowly Adam's mean of gradients changes."),
            .setting(
                "adversary", \.spec.adversary, AdversarySpec.rule,
                "The opponent of a DCGAN while it is trained."),
            .optional(
                "unfolding", \.spec.unfolding, UnfoldingSpec.rule,
                "What an unfolded network learns from, and how."),
            .setting(
                "gradient_norm", \.spec.gradientNorm, .number(.above(0)),
                "Longer gradients are shortened to this norm."),
            .setting(
                "weight_norm_penalty", \.spec.weightNormPenalty, .number(.atLeast(0)),
                "The weight of the penalty on the scales of weight normalisation."),
            .setting(
                "averaging", \.spec.averaging, .number(.from(0, to: 0.999999)),
                "The decay of the running average of the weights per step."),
        ]
    }

    private static var safety: [Field<Form>] {
        [
            .setting(
                "validate_every", \.spec.validateEvery, .integer(in: 1...1_000_000_000),
                "Steps between validations."),
            .setting(
                "patience", \.spec.patience, .word("none", or: .integer(in: 1...1_000_000)),
                "Validations without a better one after which the training ends."),
            .setting(
                "checkpoint_every", \.spec.checkpointEvery,
                .duration(from: .seconds(1), to: .seconds(86400)),
                "The time between checkpoints."),
            .setting("seed", \.spec.seed, .seed, "Where every random stream begins."),
        ]
    }

    private static var description: [Field<Form>] {
        [
            .setting(
                "storage", \.spec.storage, .word(RecipeSpec.Storage.self),
                "How exactly the weights of the model are stored."),
            .setting(
                "temperature", \.spec.temperature, .number(.above(0, to: 2)),
                "The standard deviation of the latents of the pictures on the model card."),
            .optional(
                "card", \.spec.card, .prose,
                "What the model card says about the training data, in Markdown."),
            .optional(
                "terms", \.spec.terms, .prose,
                "Under which terms the data, and so the model, may be used, in Markdown."),
        ]
    }
}

extension LearningRateSpec {
    static var rule: Rule<LearningRateSpec> {
        .record(
            LearningRateSpec(peak: 1),
            [
                .required("peak", \.peak, .number(.above(0, to: 10)), "The largest rate."),
                .setting(
                    "warm_up", \.warmUp, .integer(in: 0...1_000_000_000),
                    "Steps over which the rate rises to its peak."),
                .setting("decay", \.decay, Decay.rule, "How the rate falls after that."),
            ])
    }
}

extension LearningRateSpec.Decay {
    private struct Halving {
        var epochs = 1

        static var rule: Rule<Halving> {
            .record(
                Halving(),
                [.required("epochs", \.epochs, .integer(in: 1...1_000_000), "Between halvings.")])
        }
    }

    static var rule: Rule<LearningRateSpec.Decay> {
        .choice([
            .method("none", "It stays.", .none),
            .method("cosine", "Half a cosine down to 0 at the end.", .cosine),
            .method("halving", Halving.rule, "Halved every so many epochs.") {
                .halving(epochs: $0.epochs)
            },
        ]) { decay in
            switch decay {
            case .none: Choice("none")
            case .cosine: Choice("cosine")
            case .halving(let epochs):
                Choice("halving", Halving.rule.write(Halving(epochs: epochs)))
            }
        }
    }
}
