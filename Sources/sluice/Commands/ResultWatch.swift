import Daemon
import Glibc
import Jobs

/// Waits for the result of a job that has just been submitted.
struct ResultWatch {
    private let files: LinuxFileSystem
    private let name: String
    /// Its name in the Inbox.
    private let inboxName: String
    private let earlier: Set<String>
    /// The job file, which tells the result from that of another job of the same name.
    private let job: [UInt8]

    init(
        _ files: LinuxFileSystem, _ submission: Submission, job: [UInt8], _ earlier: Set<String>
    ) {
        self.files = files
        self.job = job
        self.earlier = earlier
        name = submission.jobName.portable
        inboxName = submission.name.portable
    }

    /// The names in the Outbox.
    static func results(in files: LinuxFileSystem) -> Set<String> {
        // Where there is no Outbox yet, there are no results.
        Set((try? files.names(in: Layout.outbox))?.map(\.text) ?? [])
    }

    /// Looks until the result is there; it appears whole, so there is nothing else to wait for.
    ///
    /// `report` is called with what the job waits for, whenever that changes.
    func wait(report: (String) -> Void) -> ResultName {
        var said: String?
        while true {
            let reason = reasonToWait()
            if let reason, reason != said { report(reason) }
            said = reason
            let new = Self.results(in: files).subtracting(earlier).compactMap(ResultName.init)
            if let result = new.first(where: { $0.name.text == name && isOurs($0) }) {
                return result
            }
            usleep(200_000)
        }
    }

    /// Whether a result may be that of our job; what cannot be read is not held against it.
    private func isOurs(_ result: ResultName) -> Bool {
        let path = Layout.outbox / "\(result)" / "job.yaml"
        guard let held = try? files.read(path, limit: Layout.largestJobFile) else { return true }
        return held == job
    }

    /// What the daemon says that the job waits for.
    private func reasonToWait() -> String? {
        // No daemon, no reason: that was said on submitting.
        guard (try? files.isLocked()) == true,
            let status = try? files.document(StatusDocument.self, at: Layout.status)
        else {
            return nil
        }
        let waiting = status.waiting.last { $0.name == inboxName }
        let reason =
            waiting?.waitsFor.joined(separator: "; ")
            ?? status.queue.last { $0.name == name }?.waitsFor
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
