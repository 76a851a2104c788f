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
        /// Whether a job file needs it, and it could not be put back yet.
        var isOwed = false
    }

    /// A daemon that works looks at the Inbox, and writes its status, sooner than that after a job
    /// file has come; one that drains asks again what job files name as jobs end.
    private static let longestUnseen = 10_000_000_000

    /// Remembers the pictures that an earlier daemon has taken along at its very end, before a next look.
    ///
    /// What left earlier was judged by one of its looks, and is nobody's any more.
    func recallDepartures() {
        // What cannot be looked at now is in the results all the same.
        guard let end = try? spool.files.stamp(of: Layout.status)?.modified else { return }
        for work in (try? spool.files.names(in: Layout.done)) ?? [] {
            let folder = Layout.done / work / Layout.takenName
            guard let left = try? spool.files.stamp(of: folder)?.modified,
                left >= end - Self.longestUnseen,
                let names = try? spool.files.names(in: folder), !names.isEmpty,
                let record = try? spool.record(in: Layout.done / work)
            else { continue }
            note(names, in: folder, of: record)
        }
    }

    /// Remembers the pictures that a job has taken along which is closed now.
    func noteDepartures(of record: JobRecord) {
        guard !record.inputs.isEmpty else { return }
        let folder = Layout.done / record.id / Layout.takenName
        note((try? spool.files.names(in: folder)) ?? [], in: folder, of: record)
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
                id: record.id, place: folder / name, time: min(stamp.changed, left))
        }
    }

    /// Puts back what job files name that were there when it left, as the last look has seen.
    ///
    /// - Returns: why something could not be put back.
    func returnNamed() throws(DaemonError) -> [String] {
        var problems: [String] = []
        let known = departures
        departures = [:]
        for (path, departure) in known {
            let isNamed = doorkeeper.missed[path].map { $0 <= departure.time } ?? false
            guard departure.isOwed || isNamed else { continue }
            do throws(DaemonError) {
                try spool.putBack(departure.place, to: path, of: departure.id)
            } catch {
                if error.isFailedSync { throw error }
                problems.append("\(error)")
                departures[path] = departure
                departures[path]?.isOwed = true
            }
        }
        return problems
    }
}
