package import Jobs

/// How attempts become jobs of Slurm.
package struct SlurmSettings: Equatable, Sendable {
    package var programs: SlurmPrograms
    /// The absolute path of the worker program and its arguments.
    package var command: [String]
    /// `NAME=value`, and nothing else, is what Slurm's programs and workers see.
    package var environment: [String]
    package var spec: SlurmExecutorSpec
    /// How long an attempt may run when `spec` does not say.
    package var time: Duration
    /// Folders that models and data sets may come from, in order of search.
    package var models: [String]
    package var datasets: [String]
    package var limits: WorkerRequest.Limits
    /// How often it is looked what workers have written.
    package var pace: Duration
    /// So long a shared file system may take to show what a worker has written.
    package var visibility: Duration
    /// One of Slurm's programs may take so long.
    package var patience: Duration
    /// The longest wait before an absent controller is asked again.
    package var longestWait: Duration

    package init(
        programs: SlurmPrograms, command: [String], environment: [String],
        spec: SlurmExecutorSpec = SlurmExecutorSpec(), time: Duration = .seconds(6 * 3600),
        models: [String] = [], datasets: [String] = [],
        limits: WorkerRequest.Limits = WorkerRequest.Limits(),
        pace: Duration = .milliseconds(500), visibility: Duration = .seconds(60),
        patience: Duration = .seconds(20), longestWait: Duration = .seconds(300)
    ) {
        self.programs = programs
        self.command = command
        self.environment = environment
        self.spec = spec
        self.time = time
        self.models = models
        self.datasets = datasets
        self.limits = limits
        self.pace = pace
        self.visibility = visibility
        self.patience = patience
        self.longestWait = longestWait
    }

    /// How long an attempt may run.
    var timeLimit: Duration { spec.time ?? time }

    /// What sbatch is told about the place of a job and what it gets.
    ///
    /// No shell sees any of it, and the configuration's grammar has checked every value.
    var resources: [String] {
        let seconds = timeLimit.components.seconds
        let named = [
            ("partition", spec.partition), ("gres", spec.gres), ("account", spec.account),
            ("qos", spec.qos), ("mem", spec.memory.map { "\(max(1, ($0.bytes - 1) >> 20 + 1))M" }),
        ]
        return ["--ntasks=1", "--cpus-per-task=\(spec.cpus)", "--time=\((seconds + 59) / 60)"]
            + named.compactMap { name, value in value.map { "--\(name)=\($0)" } } + spec.extra
    }
}
