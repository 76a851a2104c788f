package import Jobs

/// How workers on this machine are started.
package struct LocalSettings: Equatable, Sendable {
    /// The absolute path of the worker program and its arguments.
    package var command: [String]
    /// `NAME=value`, and nothing else, is what a worker sees of the environment.
    package var environment: [String]
    package var workers: Int
    package var threads: Int
    package var device: String
    /// Folders that models and data sets may come from, in order of search.
    package var models: [String]
    package var datasets: [String]
    package var limits: WorkerRequest.Limits
    /// A worker is replaced after so many jobs.
    package var jobsPerWorker: Int
    /// So many small jobs with equal settings are given to one worker at a time.
    package var jobsPerBatch: Int
    /// An attempt may take so long; nil: as long as it wants.
    package var time: Duration?
    /// A worker that says nothing for so long is lost.
    package var silence: Duration
    /// A worker may take so long until it is ready.
    package var start: Duration
    /// So long after being asked to end, a worker is killed.
    package var grace: Duration
    /// The address space of a worker in bytes; 0: no limit.
    package var memory: Int
    /// The largest file that a worker may write, in bytes.
    package var fileBytes: Int

    package init(
        command: [String], environment: [String] = [], workers: Int = 1, threads: Int = 1,
        device: String = "cpu", models: [String] = [], datasets: [String] = [],
        limits: WorkerRequest.Limits = WorkerRequest.Limits(), jobsPerWorker: Int = 100,
        jobsPerBatch: Int = 1, time: Duration? = nil, silence: Duration = .seconds(1800),
        start: Duration = .seconds(120),
        grace: Duration = .seconds(5), memory: Int = 0, fileBytes: Int = 16 << 30
    ) {
        self.command = command
        self.environment = environment
        self.workers = workers
        self.threads = threads
        self.device = device
        self.models = models
        self.datasets = datasets
        self.limits = limits
        self.jobsPerWorker = jobsPerWorker
        self.jobsPerBatch = jobsPerBatch
        self.time = time
        self.silence = silence
        self.start = start
        self.grace = grace
        self.memory = memory
        self.fileBytes = fileBytes
    }
}
