import Jobs

/// How results leave the Outbox when the administrator wants them to.
extension Spool {
    /// Removes results, and submitted pictures of results, that have been there long enough.
    ///
    /// What a crash leaves of it is removed with old working files.
    ///
    /// - Returns: what was removed, by name.
    package func removeOldResults() throws(DaemonError) -> [String] {
        guard settings.keepResults != nil || settings.keepInputs != nil else { return [] }
        var removed: [String] = []
        for name in try files.names(in: Layout.outbox) {
            guard let text = name.exactText, let result = ResultName(text),
                let age = try age(of: result)
            else { continue }
            if let limit = settings.keepResults, age >= limit {
                try discard(Layout.outbox / name, as: text)
                removed.append(text)
            } else if let limit = settings.keepInputs, age >= limit, !result.hasFailed,
                try discardInputs(of: text)
            {
                removed.append("\(text)/inputs")
            }
        }
        return removed
    }

    /// How long a result has been complete; nil for a folder that the daemon did not make.
    private func age(of result: ResultName) throws(DaemonError) -> Duration? {
        let last = result.hasFailed ? "error.json" : "manifest.json"
        do throws(DaemonError) {
            let stamp = try files.stamp(of: Layout.outbox / "\(result)" / last)
            guard let stamp, stamp.kind == .file else { return nil }
            return .seconds(now() - Double(stamp.modified) / 1e9)
        } catch {
            // A result that somebody has closed stays.
            guard error.isOutOfReach else { throw error }
            return nil
        }
    }

    /// One rename first, so that nobody ever sees half of it.
    private func discard(_ path: SpoolPath, as name: String) throws(DaemonError) {
        let place = Layout.done / "\(name).expired"
        try files.removeTree(place)
        try files.move(path, to: place)
        try files.removeTree(place)
    }

    /// - Returns: whether there were any.
    private func discardInputs(of result: String) throws(DaemonError) -> Bool {
        let folder = Layout.outbox / result
        guard try files.stamp(of: folder / "inputs")?.kind == .folder else { return false }
        let path = folder / "manifest.json"
        var manifest = try files.document(Manifest.self, at: path)
        manifest.files.removeAll { $0.path.hasPrefix("inputs/") }
        try files.replace(path, with: Document.bytes(of: manifest))
        try discard(folder / "inputs", as: "\(result).inputs")
        return true
    }
}
