internal import YAML

extension SlurmExecutorSpec {
    static var rule: Rule<SlurmExecutorSpec> {
        .record(SlurmExecutorSpec(), places + amounts + habits)
    }

    private static var places: [Field<SlurmExecutorSpec>] {
        [
            .optional(
                "partition", \.partition, .slurmName("the name of a partition, or several: a,b"),
                "The partition; without it, Slurm's default."),
            .optional(
                "account", \.account, .slurmName("the name of an account"),
                "The account that is charged."),
            .optional(
                "qos", \.qos, .slurmName("the name of a quality of service"),
                "The quality of service."),
        ]
    }

    private static var amounts: [Field<SlurmExecutorSpec>] {
        let minute = Duration.seconds(60)
        return [
            .optional(
                "time", \.time, .duration(from: minute, to: minute * (60 * 24 * 365)),
                "How long an attempt may run; without it, time_limit."),
            .optional(
                "gres", \.gres, .slurmName("generic resources such as gpu:1"),
                "Generic resources of a job, such as gpu:1."),
            .setting(
                "cpus", \.cpus, .integer(in: 1...1024), "The processors of a job."),
            .optional(
                "memory", \.memory, ByteCount.rule,
                "The memory of a job; without it, what the partition gives."),
            .setting(
                "extra", \.extra,
                .list(of: .slurmOption, count: 0...32, named: "options of sbatch"),
                "Further options of sbatch, such as --constraint=a100."),
        ]
    }

    private static var habits: [Field<SlurmExecutorSpec>] {
        [
            .setting(
                "device", \.device, .word(LocalExecutorSpec.Device.self),
                "auto: a GPU where there is one."),
            .setting(
                "jobs", \.jobs, .integer(in: 1...10_000),
                "How many jobs may be pending or running in Slurm at a time."),
            .setting(
                "check", \.check, .duration(from: .milliseconds(100), to: .seconds(3600)),
                "How often Slurm is asked about its jobs."),
        ]
    }
}

extension Rule where Value == String {
    /// What Slurm takes as a name: letters, digits and some marks, a letter or digit first.
    fileprivate static func slurmName(_ expected: String) -> Rule {
        scalar(
            expected: expected,
            schema: ["type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.,:/@+-]{0,255}$"],
            placeholder: "x",
            parse: { SlurmText.isName($0.text) ? $0.text : nil },
            write: { .text($0) })
    }

    /// An option of sbatch that the daemon does not set itself.
    fileprivate static var slurmOption: Rule {
        scalar(
            expected: "--NAME or --NAME=VALUE without spaces, where NAME is one of "
                + SlurmText.options.joined(separator: ", "),
            schema: [
                "type": "string",
                "pattern": .text("^--(\(SlurmText.options.joined(separator: "|")))(=[!-~]+)?$"),
            ],
            placeholder: "--exclusive",
            parse: { SlurmText.isOption($0.text) ? $0.text : nil },
            write: { .text($0) })
    }
}
