/// How the daemon works, with every default filled in: what `etc/sluice.yaml` says.
package struct ConfigurationSpec: Equatable, Sendable {
    /// What happens to submitted pictures when their job has ended.
    package enum Inputs: String, CaseIterable, Sendable {
        /// They end in the result's `inputs/`, so that the Inbox empties by itself.
        case move
        /// They stay in the Inbox.
        case keep
    }

    /// The folder of `Inbox/` and `Outbox/`, relative to the folder of the configuration; nil is
    /// the directory in which the daemon is started.
    package var root: String?
    /// How long a file must have been still before it is read.
    package var settle: Duration
    /// How often the Inbox is looked at where the system does not tell of changes.
    package var poll: Duration
    /// How long a job waits for pictures that it names.
    package var inputTimeout: Duration
    /// How long running jobs may go on when the daemon is asked to stop.
    package var drain: Duration
    /// Where jobs run.
    package var executor: ExecutorSpec
    /// How long one attempt may take.
    package var timeLimit: Duration
    /// How often a job is tried that crashes, runs out of memory or takes too long.
    package var attempts: Int
    /// How much room on the disk is left alone: below it no job is accepted.
    package var reserve: ByteCount
    /// The most pictures of one job.
    package var picturesPerJob: Int
    /// The folders of data sets, relative to the root, in the order in which they are searched.
    package var datasets: [String]
    /// The folders of models, relative to the root, in the order in which they are searched.
    package var models: [String]
    package var inputs: Inputs
    /// How long the working files of a job that has ended are kept.
    package var keepWork: Duration
    /// How long results stay in the Outbox; nil is for ever.
    package var keepResults: Duration?
    /// How long finished results keep the submitted pictures; nil is as long as themselves.
    package var keepInputs: Duration?

    package init(
        root: String? = nil, settle: Duration = .seconds(2), poll: Duration = .seconds(5),
        inputTimeout: Duration = .seconds(600), drain: Duration = .seconds(30),
        executor: ExecutorSpec = .local(LocalExecutorSpec()),
        timeLimit: Duration = .seconds(6 * 3600), attempts: Int = 2,
        reserve: ByteCount = .gibibytes(1), picturesPerJob: Int = 1000,
        datasets: [String] = ["Data"], models: [String] = ["Models"], inputs: Inputs = .move,
        keepWork: Duration = .seconds(24 * 3600), keepResults: Duration? = nil,
        keepInputs: Duration? = nil
    ) {
        self.root = root
        self.settle = settle
        self.poll = poll
        self.inputTimeout = inputTimeout
        self.drain = drain
        self.executor = executor
        self.timeLimit = timeLimit
        self.attempts = attempts
        self.reserve = reserve
        self.picturesPerJob = picturesPerJob
        self.datasets = datasets
        self.models = models
        self.inputs = inputs
        self.keepWork = keepWork
        self.keepResults = keepResults
        self.keepInputs = keepInputs
    }
}
