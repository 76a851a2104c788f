import Daemon
import Glibc
import Jobs

/// Waits for the result of a job that has just been submitted.
struct ResultWatch {
    private let files: LinuxFileSystem
    private let name: String
    private let earlier: Set<String>

    init(_ files: LinuxFileSystem, _ submission: Submission, _ earlier: Set<String>) {
        self.files = files
        self.earlier = earlier
        name = submission.jobName.portable
    }

    /// The names in the Outbox.
    static func results(in files: LinuxFileSystem) -> Set<String> {
        // Where there is no Outbox yet, there are no results.
        Set((try? files.names(in: Layout.outbox))?.map(\.text) ?? [])
    }

    /// Looks until the result is there; it appears whole, so there is nothing else to wait for.
    func wait() -> ResultName {
        while true {
            let new = Self.results(in: files).subtracting(earlier).compactMap(ResultName.init)
            if let result = new.first(where: { $0.name.text == name }) { return result }
            usleep(200_000)
        }
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
