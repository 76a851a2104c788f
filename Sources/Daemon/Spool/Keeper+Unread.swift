import Jobs

/// Jobs of an earlier daemon that the disk did not give at the start: they are left as they are, and
/// tried again, while all others go on.
extension Keeper {
    /// How often what could not be read is tried again.
    private static let readingPause = Duration.seconds(30)

    /// Tries again to read the jobs that could not be read at the start.
    ///
    /// - Returns: those that can be read now.
    func readAgain(at now: Duration) throws(DaemonError) -> [JobRecord] {
        guard !unread.isEmpty, now >= nextReading else { return [] }
        nextReading = now + Self.readingPause
        var records: [JobRecord] = []
        for id in unread.keys.sorted() {
            do throws(DaemonError) {
                let record = try spool.recover(id)
                unread[id] = nil
                guard let record else { continue }
                records.append(record)
                // Where that cannot be written down, it is kept in mind.
                try? owe(record)
                promise(record)
                if !record.needsOriginals { settled.insert(id) }
            } catch {
                if error.isFailedSync { throw error }
                unread[id] = error
            }
        }
        return records
    }

    /// Why jobs are left as they are.
    var reasonsUnread: [String] {
        unread.sorted { $0.key < $1.key }.map { id, error in
            "job \(id) is left as it is until it can be read: \(error)"
        }
    }
}
