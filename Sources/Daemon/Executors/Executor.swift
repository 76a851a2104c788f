package import Jobs

/// A place where workers run.
///
/// The daemon hands out at most `slots` attempts at a time. Nothing here throws: whatever happens
/// to a worker is an outcome.
package protocol Executor: Sendable {
    /// Attempts that can run at the same time.
    var slots: Int { get }

    /// Runs one attempt to its end.
    ///
    /// - Parameters:
    ///   - attempt: the job and its files.
    ///   - progress: told how far the attempt has come.
    /// - Returns: how it ended.
    func run(
        _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
    ) async -> AttemptReport

    /// The most attempts that are worth giving to one worker at a time.
    var share: Int { get }

    /// Runs attempts at jobs whose settings agree, in one worker.
    ///
    /// - Parameters:
    ///   - attempts: the jobs and their files.
    ///   - hear: told what comes of each attempt, by its index; its end comes exactly once.
    func run(
        _ attempts: [Attempt], hear: @escaping @Sendable (Int, AttemptNews) -> Void
    ) async

    /// Has `hear` told what the status should say, whenever that changes.
    func tell(_ hear: @escaping @Sendable (ExecutorNotes) -> Void) async

    /// Decodes pictures to their end, apart from the attempts that are running.
    func probe(directory: String, pictures: [String]) async -> ProbeAnswer

    /// Ends the attempt at job `id`, which then ends as failed: it was cancelled.
    ///
    /// Nothing happens when no attempt at it is running; whoever asks, asks again.
    func cancel(_ id: String) async

    /// Ends all workers; attempts that are running end as `stopped`.
    func stop() async
}

extension Executor {
    package var share: Int { 1 }

    package func tell(_ hear: @escaping @Sendable (ExecutorNotes) -> Void) async {}

    package func run(
        _ attempts: [Attempt], hear: @escaping @Sendable (Int, AttemptNews) -> Void
    ) async {
        await runOneByOne(attempts, hear: hear)
    }

    /// Runs attempts one after the other, as if they had been given so.
    func runOneByOne(
        _ attempts: [Attempt], hear: @escaping @Sendable (Int, AttemptNews) -> Void
    ) async {
        for (index, attempt) in attempts.enumerated() {
            hear(index, .ended(await run(attempt) { hear(index, .progress($0)) }))
        }
    }
}

/// What is heard of one of several attempts.
package enum AttemptNews: Equatable, Sendable {
    case progress(WorkerEvent.Progress)
    case ended(AttemptReport)
}

/// Which job to run, and where its files are, as absolute paths.
package struct Attempt: Equatable, Sendable {
    package var job: String
    package var id: String
    package var number: Int
    package var jobFile: String
    package var inputs: String
    package var output: String
    /// Where what the worker says is to be seen meanwhile; nil when nobody looks.
    package var log: String?

    package init(
        job: String, id: String, number: Int, jobFile: String, inputs: String, output: String,
        log: String? = nil
    ) {
        self.job = job
        self.id = id
        self.number = number
        self.jobFile = jobFile
        self.inputs = inputs
        self.output = output
        self.log = log
    }
}

/// How an attempt ended and what its worker wrote on standard error.
package struct AttemptReport: Equatable, Sendable {
    package var outcome: AttemptOutcome
    package var log: String

    package init(_ outcome: AttemptOutcome, log: String = "") {
        self.outcome = outcome
        self.log = log
    }
}

/// What came of a probe.
package enum ProbeAnswer: Equatable, Sendable {
    /// The pictures that do not decode to their end.
    case bad([WorkerEvent.Probed.Bad])
    /// Decoding them made the worker crash, in the stated way.
    case crashed(String)
    /// The worker that decoded them was killed from outside, by chance or because of what they took.
    case killed(String)
    /// No worker could answer, for the stated reason; the pictures may be fine.
    case unavailable(String)
}
