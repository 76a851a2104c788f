extension JobRegistry {
    /// The most that is read of a log.
    private static let largest = 64 << 20

    /// What workers have said about a job so far, the running attempt included; nil when nobody has
    /// said anything.
    ///
    /// - Throws: ``DaemonError`` when it cannot be read.
    package func log(of entry: JobEntry) throws(DaemonError) -> [UInt8]? {
        if let result = entry.result { return try read(Layout.outbox / result / "log.txt") }
        // In this order: lines are gone from the one before they are in the other.
        let live = try self.live(of: entry)
        let ended = try read(Layout.log(entry.id))
        guard let live, let title = live.split(separator: UInt8(ascii: "\n")).first else {
            return ended
        }
        let isOld = (ended ?? []).split(separator: UInt8(ascii: "\n")).contains(title)
        return isOld ? ended : (ended ?? []) + live
    }

    /// What is said in the attempt that is running, or was when its daemon was killed.
    private func live(of entry: JobEntry) throws(DaemonError) -> [UInt8]? {
        if let live = try read(Layout.live(entry.id)) { return live }
        guard let attempt = entry.attempts, attempt > 0,
            let log = try read(Layout.slurm(entry.id, attempt) / "log")
        else { return nil }
        return Array(LiveLog.title(of: attempt).utf8) + log
    }

    private func read(_ path: SpoolPath) throws(DaemonError) -> [UInt8]? {
        do throws(DaemonError) {
            return try files.read(path, limit: Self.largest)
        } catch {
            guard error.code == SystemError.notFound else { throw error }
            return nil
        }
    }
}
