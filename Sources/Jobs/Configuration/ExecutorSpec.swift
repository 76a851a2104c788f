/// Where jobs run.
package enum ExecutorSpec: Equatable, Sendable {
    /// In worker processes of this machine.
    case local(LocalExecutorSpec)
    /// As jobs of a Slurm cluster.
    case slurm(SlurmExecutorSpec)
}

/// Worker processes of this machine.
package struct LocalExecutorSpec: Equatable, Sendable {
    package enum Device: String, CaseIterable, Sendable {
        /// A GPU where there is one.
        case auto
        case cpu, cuda
    }

    /// How many jobs run at a time.
    package var workers: Int
    /// The threads of one worker; nil shares the cores among the workers.
    package var threads: Int?
    package var device: Device
    /// After how many jobs a worker is replaced by a fresh one.
    package var jobsPerWorker: Int
    /// How many small jobs with the same settings are solved together at most.
    package var jobsPerBatch: Int
    /// The most memory of one worker; nil sets no limit.
    package var memory: ByteCount?

    package init(
        workers: Int = 1, threads: Int? = nil, device: Device = .auto, jobsPerWorker: Int = 100,
        jobsPerBatch: Int = 32, memory: ByteCount? = nil
    ) {
        self.workers = workers
        self.threads = threads
        self.device = device
        self.jobsPerWorker = jobsPerWorker
        self.jobsPerBatch = jobsPerBatch
        self.memory = memory
    }
}
