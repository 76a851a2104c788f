import Jobs

/// The jobs of a root, as its folders tell: there is no other list of them.
package struct JobRegistry: Sendable {
    package let files: LinuxFileSystem

    package init(files: LinuxFileSystem) {
        self.files = files
    }

    /// All jobs, the oldest first.
    ///
    /// - Throws: ``DaemonError`` when the Outbox cannot be read.
    package func entries() throws(DaemonError) -> [JobEntry] {
        let ended = try files.names(in: Layout.outbox).compactMap { name in
            name.exactText.flatMap(ResultName.init).map(JobEntry.init)
        }
        // Between two looks a job may have been published, or still be cleared away.
        let known = Set(ended.map(\.id))
        return (ended + active().filter { !known.contains($0.id) }).sorted { $0.id < $1.id }
    }

    /// The identifiers of all jobs, as far as this user may see them.
    var identifiers: Set<String> {
        // What cannot be read tells nothing.
        let ended = ((try? files.names(in: Layout.outbox)) ?? []).compactMap { name in
            name.exactText.flatMap(ResultName.init)?.identifier.text
        }
        let accepted = ((try? files.names(in: Layout.jobs)) ?? []).compactMap(\.exactText)
        let status = try? files.document(StatusDocument.self, at: Layout.status)
        let told = status.map { ($0.running + $0.queue).map(\.id) } ?? []
        return Set(ended + accepted + told)
    }

    /// The job that `word` means: its identifier, a unique beginning or end of it, or a name, of
    /// which the newest job is meant.
    ///
    /// - Throws: ``RegistryError``.
    package func entry(
        _ word: String, among entries: [JobEntry]
    ) throws(RegistryError) -> JobEntry {
        if let exact = entries.first(where: { $0.id == word }) { return exact }
        if let named = entries.last(where: { $0.name == word }) { return named }
        let similar =
            word.utf8.count < 4
            ? [] : entries.filter { $0.id.hasPrefix(word) || $0.id.hasSuffix(word) }
        guard let first = similar.first else { throw .unknown(word) }
        guard similar.count == 1 else { throw .ambiguous(word, similar.map(\.id)) }
        return first
    }

    /// Leaves a wish for the daemon.
    ///
    /// - Throws: ``DaemonError`` when it cannot be left.
    package func leave(_ wish: JobWish) throws(DaemonError) {
        guard try !files.exists(wish.path) else { return }
        try files.create(wish.path, holding: [])
        try files.sync(Layout.wishes)
    }

    /// Accepted jobs: what the status says of them, or else their own folders.
    private func active() -> [JobEntry] {
        let status = try? files.document(StatusDocument.self, at: Layout.status)
        let told = (status.map { $0.running + $0.queue } ?? []).map(JobEntry.init)
        // Nil for users who may not know.
        let isWorking = try? files.isLocked()
        func attended(_ entry: JobEntry) -> JobEntry {
            isWorking == false ? entry.unattended : entry
        }
        // The daemon's own folder may be closed to users, who have the status.
        guard let names = try? files.names(in: Layout.jobs) else { return told.map(attended) }
        return names.compactMap(\.exactText).compactMap { id in
            // What a daemon that has gone said last is old.
            let entry = isWorking == true ? told.first { $0.id == id } : nil
            if let entry { return entry }
            return accepted(id).map(attended)
        }
    }
}
