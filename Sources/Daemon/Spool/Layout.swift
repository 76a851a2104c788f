import Jobs

/// Where everything lies beneath the root.
package enum Layout {
    package static let inbox = SpoolPath.root / "Inbox"
    package static let outbox = SpoolPath.root / "Outbox"
    package static let work = SpoolPath.root / ".work"
    /// One folder for each accepted job, named by its identifier.
    package static let jobs = work / "jobs"
    /// What is left of jobs that have ended, for a while.
    package static let done = work / "done"
    /// What users ask of accepted jobs: files named `ID.WISH`.
    package static let wishes = work / "wishes"
    /// The names of results whose hooks are still to be run.
    package static let hooks = work / "hooks"
    /// Since when files in the Inbox wait.
    package static let waits = work / "waiting"
    /// Up to when pictures that have left the Inbox were asked for: the time of its content.
    package static let looked = work / "looked"
    /// Held by the daemon; nobody else may open it, so nobody else can hold it.
    package static let lock = work / "lock"
    /// Held by the daemon too, for those who look whether there is one.
    package static let alive = work / "alive"
    package static let status = outbox / "status.json"

    /// The largest job file, in bytes.
    package static let largestJobFile = 256 << 10

    package static func job(_ id: String) -> SpoolPath { jobs / id }
    /// The state of a job.
    package static func state(_ id: String) -> SpoolPath { job(id) / "state.json" }
    /// Holds what was taken from the Inbox, under its own name.
    package static func submitted(_ id: String) -> SpoolPath { job(id) / submittedName }
    static let submittedName = FileName("submitted")
    /// The job file as it was when the job was accepted.
    package static func jobFile(_ id: String) -> SpoolPath { job(id) / jobFileName }
    static let jobFileName = FileName("job.yaml")
    /// The copies of the pictures.
    package static func inputs(_ id: String) -> SpoolPath { job(id) / "in" }
    /// Where an attempt writes.
    package static func run(_ id: String, _ attempt: Int) -> SpoolPath {
        job(id) / "run.\(attempt)"
    }
    /// What is exchanged with Slurm about an attempt; it goes when the attempt's results go.
    package static func slurm(_ id: String, _ attempt: Int) -> SpoolPath {
        job(id) / "run.\(attempt).slurm"
    }
    /// Where the result of a failed job is put together.
    package static func failed(_ id: String) -> SpoolPath { job(id) / "failed" }
    /// Originals on their way out of the Inbox.
    package static func taken(_ id: String) -> SpoolPath { job(id) / takenName }
    static let takenName = FileName("taken")
    /// Originals of a submitted folder that has copies in their places.
    package static func replaced(_ id: String) -> SpoolPath { job(id) / replacedName }
    static let replacedName = FileName("replaced")
    /// What the workers of all attempts that have ended wrote on their standard error.
    package static func log(_ id: String) -> SpoolPath { job(id) / "log.txt" }
    /// What the worker of the running attempt has written so far, for whoever follows it.
    package static func live(_ id: String) -> SpoolPath { job(id) / "live.txt" }
}
