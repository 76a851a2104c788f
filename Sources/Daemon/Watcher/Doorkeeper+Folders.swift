/// Jobs that name files in the folder of another job: that one leaves the Inbox after they have copies.
///
/// Nobody waits for ever: a job file never waits for a folder, and holds none back any longer than it
/// may wait for its own files.
extension Doorkeeper {
    /// The folders that a job file holds back: those in which files lie that it names.
    func folders(
        of inputs: InputReview, of submission: Submission, _ verdict: Verdict, since: Duration,
        _ now: Duration
    ) -> Set<FileName>? {
        guard !submission.isFolder, inputs.failure == nil else { return nil }
        if case .waiting = verdict, now - since >= patience.inputs { return nil }
        let folders = inputs.sizes.keys.filter { $0.names.count > 2 }.map { $0.names[1] }
        return folders.isEmpty ? nil : Set(folders)
    }
}

extension Review {
    /// Whether a folder is complete, and not taken because of another job.
    var holdsFolders: Bool {
        decisions.contains { if case .held = $0.verdict { true } else { false } }
    }

    /// Holds folders back in which files lie that other jobs are still to copy.
    ///
    /// - Parameter lent: the folders out of which accepted jobs copy files.
    mutating func holdFolders(lent: [FileName: String]) {
        var jobs = lent
        for decision in decisions {
            for folder in decision.folders { jobs[folder] = "\(decision.submission.name)" }
        }
        guard !jobs.isEmpty else { return }
        for index in decisions.indices where decisions[index].submission.isFolder {
            guard case .accept = decisions[index].verdict,
                let job = jobs[decisions[index].submission.name]
            else { continue }
            decisions[index].verdict = .held(by: job)
        }
    }
}
