package import YAML

extension ExperimentSpec {
    /// The grammar of an experiment.
    package static var rule: Rule<ExperimentSpec> {
        .record(
            ExperimentSpec(title: "", pictures: [], methods: []), head + parts + presentation)
    }

    /// The experiment with every default filled in.
    package var value: YAMLValue { Self.rule.write(self) }

    /// Reads the experiment at `path`.
    ///
    /// - Parameter path: Where it is.
    /// - Returns: The experiment with every default filled in.
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package static func read(path: String) throws(JobError) -> ExperimentSpec {
        let bytes = try FileContents.read(path, atMost: YAMLLimits().bytes)
        return try read(bytes, file: path)
    }

    /// Reads an experiment that messages call `file`.
    ///
    /// - Throws: `JobError` with every mistake.
    package static func read(_ bytes: [UInt8], file: String) throws(JobError) -> ExperimentSpec {
        let document = YAMLDocument(reading: bytes, file: file)
        let context = ReadingContext()
        return try SpecReader(rule).read(document, file: file, context: context) {
            ExperimentConsistency(spec: $0, root: $1).check(&$2)
        }
    }

    private static var head: [Field<ExperimentSpec>] {
        [
            .constant("version", 1, "The version of the grammar of experiments."),
            .required("title", \.title, .text("a title"), "What the page is called."),
            .optional("description", \.description, .prose, "What it shows, in Markdown."),
        ]
    }

    private static var parts: [Field<ExperimentSpec>] {
        [
            .setting("job", \.job, sharedJob, "What all jobs of the experiment have in common."),
            .required(
                "pictures", \.pictures,
                .list(of: PictureSetSpec.rule, count: 1...20, named: "sets"),
                "The sets of pictures."),
            .required(
                "methods", \.methods, .list(of: MethodSpec.rule, count: 1...40, named: "methods"),
                "The methods that are compared."),
            .setting(
                "sweeps", \.sweeps, .list(of: SweepSpec.rule, count: 0...20, named: "sweeps"),
                "Settings that take one amount after the other, each with a plot."),
        ]
    }

    private static var presentation: [Field<ExperimentSpec>] {
        [
            .setting(
                "batch", \.batch, .word("auto", or: .integer(in: 1...4096)),
                "Pictures that are solved together; they are kept when all of them are done."),
            .setting(
                "shown", \.shown, .integer(in: 0...100), "Pictures of every set on the page."),
        ]
    }

    /// The keys of a job that are neither pictures nor solver nor output.
    private static var sharedJob: Rule<JobSpec> {
        let keys = ["prepare", "forward", "noise", "prior", "seed"]
        return .record(.shared, JobSpec.fields.filter { keys.contains($0.key) })
    }
}

extension PictureSetSpec {
    static var rule: Rule<PictureSetSpec> {
        .record(
            PictureSetSpec(name: "", images: .files([])),
            [
                .required("name", \.name, .text("a name"), "What the page calls the set."),
                .required("images", \.images, ImagesSpec.rule, "The pictures, as in a job."),
                .optional(
                    "prepare", \.prepare, PrepareSpec.rule,
                    "What happens to them first; what the job says when left out."),
                .optional(
                    "forward", \.forward, ForwardSpec.steps,
                    "How they are measured; what the job says when left out."),
                .optional(
                    "noise", \.noise, NoiseSpec.rule,
                    "What is added to the measurement; what the job says when left out."),
            ])
    }
}

extension MethodSpec {
    /// The method with every default filled in.
    package var value: YAMLValue { Self.rule.write(self) }

    static var rule: Rule<MethodSpec> {
        .record(
            MethodSpec(name: "", solver: .map(MAPSpec())),
            [
                .required("name", \.name, .text("a name"), "What the page calls the method."),
                .required("solver", \.solver, SolverSpec.rule, "The solver, as in a job."),
                .optional(
                    "prior", \.prior, .model,
                    "The model of clean pictures; that of the job when left out."),
                .optional(
                    "best_of", \.bestOf, VariationSpec.rule,
                    "Amounts of a setting, of which the best in mean PSNR counts."),
                .optional(
                    "sets", \.sets,
                    .list(of: .text("the name of a set"), count: 1...20, named: "names"),
                    "The sets of pictures that it restores; all of them when left out."),
            ])
    }
}

extension VariationSpec {
    fileprivate static var empty: VariationSpec { VariationSpec([], []) }

    static var rule: Rule<VariationSpec> { .record(empty, fields, constraints) }

    static var constraints: [RecordConstraint] { [.exactlyOne(["values", "factors"])] }

    static var fields: [Field<VariationSpec>] {
        let amounts = Rule<[Double]>.list(
            of: .number(.from(-1e300, to: 1e300)), count: 1...200, named: "numbers")
        return [
            .required(
                "vary", \.settings, settings,
                "The setting, such as noise.sine.amplitude; a list when methods name it "
                    + "differently."),
            .optional("values", \.values, amounts, "What is put in its place."),
            .optional("factors", \.factors, amounts, "What it is multiplied with."),
        ]
    }

    private static var settings: Rule<[SettingPath]> {
        let list = Rule<[SettingPath]>.list(of: .settingPath, count: 1...20, named: "settings")
        let single = Rule<SettingPath>.settingPath.mapped(to: { [$0] }, from: { $0.first ?? .seed })
        return .first(of: [single, list]) { paths in
            paths.count == 1 ? .text(paths[0].text) : .sequence(paths.map { .text($0.text) })
        }
    }

    private var values: [Double]? {
        get { isRelative ? nil : amounts }
        set {
            guard let newValue else { return }
            (amounts, isRelative) = (newValue, false)
        }
    }

    private var factors: [Double]? {
        get { isRelative ? amounts : nil }
        set {
            guard let newValue else { return }
            (amounts, isRelative) = (newValue, true)
        }
    }
}

extension SweepSpec {
    static var rule: Rule<SweepSpec> {
        let amounts = Rule<[Double]>.list(
            of: .number(.from(-1e300, to: 1e300)), count: 0...200, named: "numbers")
        return .record(
            SweepSpec(.empty),
            VariationSpec.fields.map { $0.lifted(\.variation) } + [
                .optional("label", \.label, .text("a label"), "What the axis is called."),
                .setting("scale", \.scale, .word(Scale.self), "How the axis spreads numbers."),
                .setting(
                    "shown", \.shown, amounts, "The amounts at which the page shows pictures."),
            ], VariationSpec.constraints)
    }
}

extension Rule where Value == SettingPath {
    /// The way to a setting of a job.
    fileprivate static var settingPath: Rule {
        let expected = "the way to a setting, such as noise.sine.amplitude"
        return Rule<String>.text(expected)
            .refusing { text, _ in
                SettingPath(text) == nil ? ("is \(text)", "write \(expected)") : nil
            }
            .mapped(to: { SettingPath($0) ?? .seed }, from: \.text)
    }
}
