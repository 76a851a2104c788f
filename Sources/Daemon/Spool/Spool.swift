package import Jobs

/// The folders of accepted jobs, and the steps that carry a job from the Inbox to the Outbox.
///
/// The place of a job on disk, with the state beside it, is the only truth: every step may be
/// interrupted at any point and begun again. See `Docs/daemon.md`.
///
/// Every operation throws ``DaemonError``.
package struct Spool: Sendable {
    package let files: any FileSystem
    package let inspector: any JobInspecting
    package let settings: SpoolSettings
    /// Seconds since 1970.
    package let now: @Sendable () -> Double
    /// A new identifier for a job accepted at this time.
    package let identify: @Sendable (Double) -> String

    package init(
        files: any FileSystem, inspector: any JobInspecting, settings: SpoolSettings,
        now: @escaping @Sendable () -> Double, identify: @escaping @Sendable (Double) -> String
    ) {
        self.files = files
        self.inspector = inspector
        self.settings = settings
        self.now = now
        self.identify = identify
    }

    /// Does the next step of a job that waits for no worker.
    ///
    /// - Returns: the job after the step; nil when nothing is left of it.
    package func advance(_ record: JobRecord) throws(DaemonError) -> JobRecord? {
        try advance(record, besides: nil, prunes: true)
    }

    /// Does the next step of a job that waits for no worker.
    ///
    /// - Parameters:
    ///   - record: the job.
    ///   - named: what waiting jobs name, when that is known.
    ///   - prunes: whether what is left of jobs that ended long ago is looked for.
    /// - Returns: the job after the step; nil when nothing is left of it.
    /// - Throws: ``DaemonError``.
    func advance(
        _ record: JobRecord, besides named: NamedFiles?, prunes: Bool
    ) throws(DaemonError) -> JobRecord? {
        if try !files.exists(Layout.state(record.id)) { try save(record) }
        return switch record.state {
        case .accepted: try snapshot(record)
        case .ready, .running: record
        case .sealing(let attempt): try seal(record, attempt: attempt)
        case .failing(let failure): try sealFailure(record, failure)
        case .sealed(let folder, let result): try publish(record, folder: folder, as: result)
        case .done: try close(record, besides: named, prunes: prunes)
        }
    }

    /// Writes `record` so that it survives.
    func save(_ record: JobRecord) throws(DaemonError) {
        try files.replace(Layout.state(record.id), with: Document.bytes(of: record))
    }

    /// `record` in its next state, written so that it survives.
    func save(_ record: JobRecord, as state: JobState) throws(DaemonError) -> JobRecord {
        var next = record
        next.state = state
        try save(next)
        return next
    }
}

/// What the administrator decides about the folders of jobs.
package struct SpoolSettings: Equatable, Sendable {
    /// Whether originals stay in the Inbox when their job is done.
    package var keepsInputs: Bool
    /// The largest number of files that a job may name.
    package var pictures: Int
    /// What happened to less than this long ago may still be being written.
    package var quiet: Duration
    package var retry: RetryPolicy
    /// How long the working files of a job that has ended are kept, a minute at least.
    package var keepWork: Duration
    /// How long results stay in the Outbox; nil is for ever.
    package var keepResults: Duration?
    /// How long finished results keep the submitted pictures; nil is as long as themselves.
    package var keepInputs: Duration?
    /// Whether attempts go on when the daemon is gone, and are found again.
    package var attemptsOutlive: Bool
    /// The most bytes of submitted files whose hashes a manifest tells, beside those that the job names.
    package var hashed: Int

    package init(
        keepsInputs: Bool = false, pictures: Int = 1000, quiet: Duration = .zero,
        retry: RetryPolicy = RetryPolicy(), keepWork: Duration = .zero,
        keepResults: Duration? = nil,
        keepInputs: Duration? = nil, attemptsOutlive: Bool = false, hashed: Int = 2 << 30
    ) {
        self.keepsInputs = keepsInputs
        self.pictures = pictures
        self.quiet = quiet
        self.retry = retry
        self.keepWork = keepWork
        self.keepResults = keepResults
        self.keepInputs = keepInputs
        self.attemptsOutlive = attemptsOutlive
        self.hashed = hashed
    }
}
