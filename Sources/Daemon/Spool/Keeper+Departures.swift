import Jobs

/// Pictures that have left the Inbox although a job file that waits names them: it came after the look
/// that told what waiting jobs name.
///
/// To look at all job files again at the end of each job would cost too much with thousands of them. The
/// next look sees them in any case, and their times tell which were there when the picture left.
extension Keeper {
    struct Departure {
        let id: String
        /// Where the picture is now.
        let place: SpoolPath
        /// When it left, in nanoseconds since 1970, by the clock that sets the times of files.
        let time: Int
        /// The first round of looks that begins after it was noted, or was to be put back.
        var round: Int
        /// Why it could not be put back when that was last tried.
        var problem: String?
    }

    /// So far the clock of another machine, which has the files, may be ahead.
    private static let clockError = 10_000_000_000
    /// Of so many pictures at most it stays open whether a job file names them.
    private static let mostUnsure = 50_000

    /// Remembers the pictures that an earlier daemon has taken along and did not ask for afterwards.
    ///
    /// What left earlier was judged by one of its looks, and is nobody's any more. What left in the future,
    /// when a clock was wrong, would seem to have left after every job file came.
    func recallDepartures() {
        guard let mark = try? spool.files.stamp(of: Layout.looked) else { return markLook() }
        let end = Int(spool.now() * 1e9) + Self.clockError
        // What cannot be looked at now is in the results all the same.
        for work in (try? spool.files.names(in: Layout.done)) ?? [] {
            let folder = Layout.done / work / Layout.takenName
            guard let left = try? spool.files.stamp(of: folder)?.modified,
                left >= mark.modified, left <= end,
                let names = try? spool.files.names(in: folder), !names.isEmpty,
                let record = try? spool.record(in: Layout.done / work)
            else { continue }
            note(names, in: folder, of: record)
        }
    }

    /// Remembers the pictures that a job has taken along which is closed now, or could not be closed
    /// afterwards.
    func noteDepartures(of record: JobRecord) {
        guard !record.inputs.isEmpty else { return }
        for folder in [Layout.taken(record.id), Layout.done / record.id / Layout.takenName] {
            note((try? spool.files.names(in: folder)) ?? [], in: folder, of: record)
        }
    }

    private func note(_ names: [FileName], in folder: SpoolPath, of record: JobRecord) {
        // A file's own time changes with its owner, its mode and its links as well.
        guard let left = try? spool.files.stamp(of: folder)?.modified else { return }
        for name in names {
            guard
                let path = record.input(numbered: name).flatMap({ Layout.inbox.beneath($0.path) }),
                let stamp = try? spool.files.stamp(of: folder / name)
            else { continue }
            departures[path] = Departure(
                id: record.id, place: folder / name, time: min(stamp.changed, left),
                round: doorkeeper.rota.next)
        }
    }

    /// Puts back what job files name that were there when it left, as the last look has seen.
    ///
    /// - Returns: whether something was put back, and why something could not be; that is tried again
    ///   after the next look.
    func returnNamed() throws(DaemonError) -> Admission.Returns {
        guard !departures.isEmpty else { return Admission.Returns() }
        var hasMoved = false
        var problems: [String] = []
        let known = departures
        departures = [:]
        let missed = firstMissed(of: known.keys)
        for (path, departure) in known {
            guard missed[path].map({ $0 <= departure.time }) == true else {
                // A job file that misses it may not have had its turn. What one names whose defaults have left as well
                // is known when they are back.
                let rota = doorkeeper.rota
                let isOpen =
                    doorkeeper.isGuessing || rota.isUnfinished || rota.ended < departure.round
                if isOpen, departures.count < Self.mostUnsure { departures[path] = departure }
                if isOpen, let problem = departure.problem { problems.append(problem) }
                continue
            }
            do throws(DaemonError) {
                try spool.putBack(departure.place, to: path, of: departure.id)
                hasMoved = true
            } catch {
                if error.isFailedSync { throw error }
                problems.append("\(error)")
                departures[path] = departure
                // Who names it has to have another turn.
                departures[path]?.round = doorkeeper.rota.next
                departures[path]?.problem = "\(error)"
            }
        }
        if departures.isEmpty { markLook() }
        return Admission.Returns(hasMoved: hasMoved, problems: problems)
    }

    /// When the first job file was touched that misses each of these pictures.
    private func firstMissed(of paths: some Sequence<SpoolPath>) -> [SpoolPath: Int] {
        var first = doorkeeper.missed
        let names = paths.filter { $0.parent == Layout.inbox }.compactMap(\.last)
        for (name, touched) in doorkeeper.waitingRoom.touched(awaiting: names) {
            first[Layout.inbox / name] = min(first[Layout.inbox / name] ?? .max, touched)
        }
        return first
    }

    /// Notes for a next daemon that whatever has left by now was asked for.
    ///
    /// It is not synced, and where it cannot be written nothing is lost: more is asked for again.
    private func markLook() {
        let temporary = Layout.looked.temporary
        try? spool.files.removeTree(temporary)
        try? spool.files.create(temporary, holding: [])
        try? spool.files.rename(temporary, to: Layout.looked, replacing: true)
    }
}
