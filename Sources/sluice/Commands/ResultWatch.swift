import Daemon
import Glibc
import Jobs

/// Waits for the result of a job that has just been submitted.
struct ResultWatch {
    private let files: LinuxFileSystem
    private var job: SubmittedJob

    init(_ files: LinuxFileSystem, _ job: SubmittedJob) {
        self.files = files
        self.job = job
    }

    /// Looks until the result is there; it appears whole, so there is nothing else to wait for.
    ///
    /// `report` is called with what the job waits for, whenever that changes.
    mutating func wait(report: (String) -> Void) -> ResultName {
        var said: String?
        while true {
            let reason = reasonToWait()
            if let reason, reason != said { report(reason) }
            said = reason
            if let result = job.result(in: files) { return result }
            usleep(200_000)
        }
    }

    /// What the daemon says that the job waits for.
    private func reasonToWait() -> String? {
        // No daemon, no reason: that was said on submitting.
        guard (try? files.isLocked()) == true,
            let status = try? files.document(StatusDocument.self, at: Layout.status)
        else {
            return nil
        }
        let waiting = status.waiting.last { $0.name == job.submission.name.portable }
        let reason =
            waiting?.waitsFor.joined(separator: "; ")
            ?? status.queue.last { $0.name == job.submission.jobName.portable }?.waitsFor
        return reason.map(StatusTable.plain)
    }

    /// What `error.json` says.
    func failure(of result: ResultName) -> String {
        let path = Layout.outbox / "\(result)" / "error.json"
        // A result that someone has taken away already cannot be read; its name says enough.
        guard let failure = try? files.document(JobFailure.self, at: path) else {
            return "\(result)"
        }
        return "\(failure)"
    }
}
