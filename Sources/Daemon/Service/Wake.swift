import Jobs

/// Why the foreman wakes up.
enum Wake: Sendable {
    /// Something may have changed in the Inbox.
    case alarm
    /// It is time for something.
    case timer
    /// What users ask of jobs is read, nil when it could not be; a look at the Inbox follows, unless
    /// nothing is taken any more.
    case asked([JobWish]?, looks: Bool)
    /// The look at the Inbox is done.
    case admitted(Result<Admission, DaemonError>)
    /// A step of the spool is done.
    case advanced(id: String, Result<JobRecord?, DaemonError>)
    /// An attempt could not be begun.
    case notBegun(id: String, DaemonError)
    case progressed(id: String, WorkerEvent.Progress)
    /// The executor has something to tell.
    case noted(ExecutorNotes)
    /// An attempt has ended, and its outcome is written down.
    case ended(JobRecord)
    /// An attempt has ended, but its outcome could not be written down; it is tried again.
    case unwritten(id: String)
    case probed(ProbeSlice, ProbeAnswer)
    case statusWritten
    /// The file of numbers was written, or could not be.
    case metricsWritten(DaemonError?)
    case hookEnded
    /// The daemon is to end: at first when its work is done, the second time at once.
    case drain
    /// The time for ending is over.
    case abort
}
