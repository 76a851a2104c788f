package import Jobs
import Pipeline

extension JobFailure {
    /// What `error`, thrown while the daemon's worker restored a job, means for the job.
    ///
    /// Job file and inputs are the daemon's own copies there: when they cannot be opened, that says
    /// nothing about the job.
    package init(inDaemon error: any Error) {
        self.init(explaining: error)
        if ["job.unreadable", "picture.missing"].contains(code) { kind = .environment }
    }
}
