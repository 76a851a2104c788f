import Jobs

/// Accepted jobs that are still to copy files out of the folder of another job in the Inbox.
extension Keeper {
    struct Borrower {
        let name: String
        let folders: Set<FileName>
    }

    /// Keeps the folders in the Inbox out of which an accepted job is to copy files.
    func keep(_ folders: Set<FileName>, for record: JobRecord) {
        guard record.state == .accepted, !folders.isEmpty else { return }
        borrowers[record.id] = Borrower(name: record.name, folders: folders)
    }

    /// Those folders, each with the name of a job.
    var lent: [FileName: String] {
        var lent: [FileName: String] = [:]
        for borrower in borrowers.values {
            for folder in borrower.folders { lent[folder] = borrower.name }
        }
        return lent
    }
}
