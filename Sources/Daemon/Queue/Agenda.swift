import Jobs

/// The order in which jobs come next, so that none of them has to be searched for among thousands.
///
/// What is listed here is not taken back when a job moves on; it is looked at again, and dropped,
/// when its turn comes.
struct Agenda: Sendable {
    /// A job that waits for its turn.
    private struct Place: Comparable {
        let rank: Int
        let turn: Int
        let id: String

        static func < (a: Place, b: Place) -> Bool { (a.rank, a.turn) < (b.rank, b.turn) }
    }

    /// A job that waits for a time.
    private struct Appointment: Comparable {
        let time: Duration
        let id: String

        static func < (a: Appointment, b: Appointment) -> Bool { a.time < b.time }
    }

    private var steps = Heap<Place>()
    private var starts = Heap<Place>()
    private var later = Heap<Appointment>()
    /// The job of which a step is under way.
    private(set) var stepping: String?
    /// The jobs of which an attempt is under way.
    private(set) var running: Set<String> = []

    /// When the next job is due that was not when the agenda was last asked.
    var nextTime: Duration? { later.first?.time }

    /// Takes note of what has become of a job; nil: nothing is left of it.
    mutating func note(_ id: String, _ entry: Scheduler.Entry?) {
        if stepping == id { stepping = nil }
        running.remove(id)
        switch entry?.phase {
        case .stepping: stepping = id
        case .running: running.insert(id)
        case .waiting(let notBefore, _): later.insert(Appointment(time: notBefore, id: id))
        case nil: break
        }
    }

    /// Lists the jobs whose time has come.
    mutating func advance(to now: Duration, _ entries: [String: Scheduler.Entry]) {
        while let next = later.first, next.time <= now {
            later.removeFirst()
            guard let entry = entries[next.id], entry.isDue(at: now) else { continue }
            let place = Place(rank: entry.rank, turn: entry.turn, id: next.id)
            if entry.stepRank != nil { steps.insert(place) } else { starts.insert(place) }
        }
    }

    /// The job whose step comes next: the one that is nearest to its end.
    mutating func nextStep(at now: Duration, _ entries: [String: Scheduler.Entry]) -> String? {
        first(of: \.steps, at: now, entries)
    }

    /// The job whose attempt comes next.
    mutating func nextStart(at now: Duration, _ entries: [String: Scheduler.Entry]) -> String? {
        first(of: \.starts, at: now, entries)
    }

    /// The first job of a list of which the list still holds.
    private mutating func first(
        of list: WritableKeyPath<Agenda, Heap<Place>>, at now: Duration,
        _ entries: [String: Scheduler.Entry]
    ) -> String? {
        while let place = self[keyPath: list].first {
            if let entry = entries[place.id], entry.isDue(at: now), entry.turn == place.turn,
                entry.rank == place.rank
            {
                return place.id
            }
            self[keyPath: list].removeFirst()
        }
        return nil
    }
}

extension Scheduler.Entry {
    fileprivate func isDue(at now: Duration) -> Bool {
        if case .waiting(let notBefore, _) = phase { notBefore <= now } else { false }
    }
}
