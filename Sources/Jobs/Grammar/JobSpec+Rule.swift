package import YAML

extension JobSpec {
    /// The grammar of a job file.
    ///
    /// It is made once, which takes longer than to read a job by it; its closures hold no state, so
    /// any thread may call them.
    package nonisolated(unsafe) static let rule = Rule.record(
        JobSpec(images: .files([]), prior: nil), fields)

    /// The job with every default filled in, as `job.resolved.yaml` has it.
    package var value: YAMLValue { Self.rule.write(self) }

    /// The most steps of a measurement and the most components of a noise.
    static let mostParts = 16

    static var fields: [Field<JobSpec>] {
        [
            .constant("version", 1, "The version of the job grammar."),
            .noted(
                "defaults", .path("the path of a YAML file", extensions: ["yaml", "yml"]),
                "A file whose keys fill what this job leaves out."),
            .required("images", \.images, ImagesSpec.rule, "The pictures to restore."),
            .setting(
                "given", \.given, .word(Given.self),
                "measurement: the pictures were measured; truth: the measurement is simulated "
                    + "from them and the result is scored."),
            .setting(
                "prepare", \.prepare, PrepareSpec.rule, "What happens to the pictures first."),
            .setting(
                "forward", \.forward, ForwardSpec.steps,
                "The steps of the measurement, applied from top to bottom."),
            .setting("noise", \.noise, NoiseSpec.rule, "What was added to the measurement."),
            .optional("prior", \.prior, .model, "The model of clean pictures."),
            .setting(
                "solver", \.solvers, SolverSpec.oneOrMore,
                "How the pictures are restored; a list compares methods, of which the first makes "
                    + "the result."),
            .setting("seed", \.seed, .seed, "Where every random stream of the job begins."),
            .setting(
                "deterministic", \.isDeterministic, .boolean,
                "Whether the job gives the same bits twice on one machine."),
            .setting("output", \.output, OutputSpec.rule, "What is written."),
        ]
    }
}
