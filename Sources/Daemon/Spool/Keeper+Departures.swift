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
    }

    /// Remembers the pictures that a job has taken along which is closed now.
    func noteDepartures(of record: JobRecord) {
        guard !record.inputs.isEmpty else { return }
        let folder = Layout.done / record.id / Layout.takenName
        // What cannot be looked at now is in the result all the same.
        for name in (try? spool.files.names(in: folder)) ?? [] {
            guard
                let path = record.input(numbered: name).flatMap({ Layout.inbox.beneath($0.path) }),
                let stamp = try? spool.files.stamp(of: folder / name)
            else { continue }
            departures[path] = Departure(id: record.id, place: folder / name, time: stamp.changed)
        }
    }

    /// Puts back what job files name that were there when it left, as the last look has seen.
    ///
    /// - Returns: why something could not be put back.
    func returnNamed() throws(DaemonError) -> [String] {
        var problems: [String] = []
        for (path, departure) in departures {
            guard let touched = doorkeeper.missed[path], touched <= departure.time else { continue }
            do throws(DaemonError) {
                try spool.putBack(departure.place, to: path, of: departure.id)
            } catch {
                if error.isFailedSync { throw error }
                problems.append("\(error)")
            }
        }
        departures = [:]
        return problems
    }
}
