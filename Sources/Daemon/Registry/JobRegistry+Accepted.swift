import Jobs

extension JobRegistry {
    /// An accepted job as its own folder tells, also before its state is written down for the first
    /// time, and when it cannot be read: whoever cancels it then is heard as soon as it can.
    ///
    /// - Parameter id: the job.
    /// - Returns: nil when there is nothing of it yet, or nothing any more.
    func accepted(_ id: String) -> JobEntry? {
        do throws(DaemonError) {
            guard try files.exists(Layout.state(id)) else {
                return try submittedName(of: id).map { name in
                    JobEntry(JobRecord(id: id, name: name, state: .accepted, accepted: 0))
                }
            }
            return JobEntry(try files.document(JobRecord.self, at: Layout.state(id)))
        } catch {
            if error.code == SystemError.notFound { return nil }
            // What the disk does not give either is called by its identifier.
            let name = (try? submittedName(of: id)) ?? id
            return JobEntry(unread: id, name: name, why: error)
        }
    }

    /// The name of a job whose folder says nothing else yet; nil when nothing was taken for it.
    private func submittedName(of id: String) throws(DaemonError) -> String? {
        let folder = Layout.submitted(id)
        guard let name = try files.names(in: folder).first,
            let kind = try files.stamp(of: folder / name)?.kind
        else { return nil }
        return Submission(name: name, isFolder: kind == .folder).jobName.portable
    }
}
