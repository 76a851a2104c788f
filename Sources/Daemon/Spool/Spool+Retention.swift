import Jobs

/// How results leave the Outbox when the administrator wants them to.
extension Spool {
    /// Removes results, and submitted pictures of results, that have been there long enough.
    ///
    /// What a crash leaves of it is removed with old working files.
    ///
    /// - Returns: what was removed, by name, and what could not be; files of results that could not be
    ///   removed are old work now.
    /// - Throws: ``DaemonError`` when the Outbox cannot be listed, or something cannot be synced.
    package func removeOldResults() throws(DaemonError) -> (removed: [String], left: [Obstacle]) {
        guard settings.keepResults != nil || settings.keepInputs != nil else { return ([], []) }
        var removed: [String] = []
        var left: [Obstacle] = []
        for name in try files.names(in: Layout.outbox) {
            guard let text = name.exactText, let result = ResultName(text) else { continue }
            do throws(DaemonError) {
                if let gone = try removeOld(result) { removed.append(gone) }
            } catch {
                // One damaged result must not keep all others for ever.
                if error.isFailedSync { throw error }
                left.append(Obstacle(path: Layout.outbox / name, reason: error.words))
            }
        }
        return (removed, left)
    }

    /// - Returns: what was removed; nil for nothing.
    private func removeOld(_ result: ResultName) throws(DaemonError) -> String? {
        guard let age = try age(of: result) else { return nil }
        let text = "\(result)"
        if let limit = settings.keepResults, age >= limit {
            try discard(Layout.outbox / text, as: text)
            return text
        }
        guard let limit = settings.keepInputs, age >= limit, !result.hasFailed,
            try discardInputs(of: text)
        else { return nil }
        return "\(text)/inputs"
    }

    /// How long a result has been complete; nil for a folder that the daemon did not make.
    private func age(of result: ResultName) throws(DaemonError) -> Duration? {
        let folder = Layout.outbox / "\(result)"
        do throws(DaemonError) {
            let isWhole = try files.exists(
                folder / (result.hasFailed ? "error.json" : "manifest.json"))
            // The last that the daemon writes and nobody ever again: the manifest is written anew when
            // pictures go.
            guard isWhole, let stamp = try files.stamp(of: folder / "log.txt"), stamp.kind == .file
            else { return nil }
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
        _ = files.clear(place)
        try files.move(path, to: place)
        _ = files.clear(place)
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
