package import YAML

extension ConfigurationSpec {
    /// The grammar of the daemon's configuration.
    package static var rule: Rule<ConfigurationSpec> {
        .record(ConfigurationSpec(), places + times + limits + listeners)
    }

    /// The configuration with every default filled in.
    package var value: YAMLValue { Self.rule.write(self) }

    /// Reads the configuration at `path`.
    ///
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package static func read(path: String) throws(JobError) -> ConfigurationSpec {
        let bytes = try FileContents.read(path, atMost: YAMLLimits().bytes)
        return try read(YAMLDocument(reading: bytes, file: path), file: path)
    }

    /// Reads `document`, which messages call `file`; in one that says nothing, every setting has its
    /// default.
    ///
    /// - Throws: `JobError` with every mistake.
    static func read(
        _ document: YAMLDocument, file: String
    ) throws(JobError) -> ConfigurationSpec {
        let isBlank = document.root.map { $0.scalar?.isNull == true } ?? true
        if isBlank, document.issues.isEmpty { return ConfigurationSpec() }
        return try SpecReader(rule).read(document, file: file, context: ReadingContext())
    }

    private static var places: [Field<ConfigurationSpec>] {
        let folders = Rule<[String]>.list(
            of: .text("the path of a folder"), count: 0...64, named: "folders")
        return [
            .optional(
                "root", \.root, .text("the path of a folder"),
                "The folder of Inbox and Outbox, relative to this file's folder."),
            .setting(
                "datasets", \.datasets, folders,
                "The folders of data sets, relative to the root."),
            .setting(
                "models", \.models, folders, "The folders of models, relative to the root."),
            .setting(
                "inputs", \.inputs, .word(Inputs.self),
                "move: submitted pictures end beside the result; keep: they stay."),
            .setting("executor", \.executor, ExecutorSpec.rule, "Where jobs run."),
        ]
    }

    private static var times: [Field<ConfigurationSpec>] {
        let minute = Duration.seconds(60)
        let day = minute * (24 * 60)
        return [
            .setting(
                "settle", \.settle, .duration(from: .zero, to: minute * 60),
                "How long a file must have been still before it is read."),
            .setting(
                "poll", \.poll, .duration(from: .milliseconds(100), to: minute * 60),
                "How often the Inbox is looked at where the system tells of no changes."),
            .setting(
                "input_timeout", \.inputTimeout, .duration(from: .zero, to: day * 365),
                "How long a job waits for the pictures it names."),
            .setting(
                "drain", \.drain, .duration(from: .zero, to: day),
                "How long running jobs may go on when the daemon is asked to stop."),
            .setting(
                "time_limit", \.timeLimit, .duration(from: .seconds(1), to: day * 365),
                "How long one attempt may take."),
            .setting(
                "keep_work", \.keepWork, .duration(from: .zero, to: day * 3650),
                "How long the working files of a finished job are kept."),
            .setting(
                "keep_results", \.keepResults,
                .word("forever", or: .duration(from: minute, to: day * 3650)),
                "How long results stay in the Outbox."),
            .setting(
                "keep_inputs", \.keepInputs,
                .word("forever", or: .duration(from: minute, to: day * 3650)),
                "How long finished results keep the submitted pictures."),
        ]
    }

    private static var limits: [Field<ConfigurationSpec>] {
        [
            .setting(
                "attempts", \.attempts, .integer(in: 1...100),
                "How often a job is tried that crashes, runs out of memory or takes too long."),
            .setting(
                "reserve", \.reserve, ByteCount.rule,
                "No job is accepted when less room than this is left on the disk."),
            .setting(
                "pictures_per_job", \.picturesPerJob, .integer(in: 1...1_000_000),
                "The most pictures of one job."),
        ]
    }
}

extension ExecutorSpec {
    static var rule: Rule<ExecutorSpec> {
        .choice([
            .method("local", LocalExecutorSpec.rule, "Worker processes of this machine.") {
                .local($0)
            },
            .method("slurm", SlurmExecutorSpec.rule, "Jobs of a Slurm cluster.") {
                .slurm($0)
            },
        ]) { executor in
            switch executor {
            case .local(let local): Choice("local", LocalExecutorSpec.rule.write(local))
            case .slurm(let slurm): Choice("slurm", SlurmExecutorSpec.rule.write(slurm))
            }
        }
    }
}

extension LocalExecutorSpec {
    static var rule: Rule<LocalExecutorSpec> {
        .record(
            LocalExecutorSpec(),
            [
                .setting(
                    "workers", \.workers, .integer(in: 1...1024),
                    "How many jobs run at a time."),
                .setting(
                    "threads", \.threads, .word("auto", or: .integer(in: 1...1024)),
                    "The threads of one worker; auto: the cores shared among the workers."),
                .setting(
                    "device", \.device, .word(Device.self), "auto: a GPU where there is one."),
                .setting(
                    "jobs_per_worker", \.jobsPerWorker, .integer(in: 1...1_000_000),
                    "After how many jobs a worker is replaced by a fresh one."),
                .setting(
                    "jobs_per_batch", \.jobsPerBatch, .integer(in: 1...256),
                    "The most small jobs with equal settings that are solved together."),
                .setting(
                    "memory", \.memory, .word("unlimited", or: ByteCount.rule),
                    "The most memory of one worker."),
            ])
    }
}
