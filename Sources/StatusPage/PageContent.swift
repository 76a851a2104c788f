package import Daemon
package import Jobs

/// What the page shows, read from the files of a root.
package struct PageContent: Equatable, Sendable {
    /// A job that has ended, with the pictures that show it.
    package struct Ended: Equatable, Sendable {
        package var entry: JobEntry
        package var summary: ResultSummary?
        package var failure: JobFailure?
        /// Paths of pictures beneath the result: restored ones.
        package var pictures: [String] = []
        package var hasReport = false
    }

    package var root: String
    /// Nil when no daemon has worked there yet.
    package var status: StatusDocument?
    /// Whether a daemon works there; nil when that cannot be seen.
    package var isWorking: Bool?
    /// Addresses of pictures of running jobs, by their identifiers.
    package var estimates: [String: String] = [:]
    /// The newest first.
    package var ended: [Ended] = []

    /// How many results are shown, and how many pictures of each.
    private static let most = (results: 12, pictures: 4)

    /// - Throws: `DaemonError` when the folders cannot be read.
    package init(_ files: LinuxFileSystem, root: String) throws(DaemonError) {
        self.root = root
        // The folder of accepted jobs, which the lock is in, may be closed to whoever runs this.
        isWorking = try? files.isLocked()
        guard try files.exists(Layout.outbox) else { return }
        // Between two looks the file may be replaced, never be half there.
        status = try? files.document(StatusDocument.self, at: Layout.status)
        if isWorking == true {
            for job in status?.running ?? [] {
                let version = RunningPicture(job, files).version
                estimates[job.id] = version.map { Self.address(of: job, version: $0) }
            }
        }
        ended = try JobRegistry(files: files).newest(Self.most.results)
            .map { Self.ended($0, files) }
    }

    /// What is shown of a root that cannot be read.
    init(unreadable root: String) {
        self.root = root
    }

    /// A new address for every picture, so that no browser shows an old one.
    private static func address(of job: StatusDocument.Job, version: Int) -> String {
        "\(RelativeAddress(["estimates", RunningPicture.name(of: job)]))?\(version)"
    }

    private static func ended(_ entry: JobEntry, _ files: LinuxFileSystem) -> Ended {
        var ended = Ended(entry: entry)
        guard let result = entry.result else { return ended }
        let folder = Layout.outbox / result
        // What somebody has taken away meanwhile is not shown.
        ended.summary = try? files.document(ResultSummary.self, at: folder / "result.json")
        ended.failure = try? files.document(JobFailure.self, at: folder / "error.json")
        ended.hasReport = (try? files.exists(folder / "report.html")) == true
        let names = (try? files.names(in: folder / "restored")) ?? []
        ended.pictures = names.compactMap(\.exactText).filter { $0.hasSuffix(".png") }
            .prefix(most.pictures).map { "restored/\($0)" }
        return ended
    }
}
