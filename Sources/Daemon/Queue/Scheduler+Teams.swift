import Jobs

/// Which jobs a worker gets at a time.
///
/// Small jobs that wait one after the other and agree in their settings go to one worker together.
/// Only first attempts do: a job whose worker ended early is tried alone, so that a bad job spoils
/// one attempt of its neighbours at most.
extension Scheduler {
    /// About as many pictures of jobs that are solved together as make full batches.
    private static var mostPictures: Int { 64 }

    /// Workers that have nothing in hand.
    var freeSlots: Int { slots - Set(hands.values).count }

    /// The jobs that the next workers get, which are running from now on; none when nothing is due.
    mutating func nextTeams(at now: Duration) -> [[JobRecord]] {
        let free = freeSlots
        guard !isDraining, free > 0, let first = nextStart(at: now) else { return [] }
        begin(first.id, .running)
        var row = [first]
        var pictures = first.inputs.count
        while row.count < share * free, let next = nextStart(at: now), next.canJoin(first),
            pictures + next.inputs.count <= Self.mostPictures * free,
            max(first.inputs.count, next.inputs.count) <= Self.mostPictures
        {
            begin(next.id, .running)
            row.append(next)
            pictures += next.inputs.count
        }
        return handedOut(row, to: min(free, row.count))
    }

    /// Gives each of `count` workers its part of `row`.
    private mutating func handedOut(_ row: [JobRecord], to count: Int) -> [[JobRecord]] {
        (0..<count).map { part in
            let team = Array(row[row.count * part / count..<row.count * (part + 1) / count])
            let hand = freeHand
            for record in team { hands[record.id] = hand }
            return team
        }
    }

    /// The lowest number that no worker has.
    private var freeHand: Int {
        let used = Set(hands.values)
        return (0...used.count).first { !used.contains($0) } ?? used.count
    }

    private mutating func nextStart(at now: Duration) -> JobRecord? {
        agenda.nextStart(at: now, entries).flatMap { entries[$0]?.record }
    }
}

extension JobRecord {
    /// Whether this job can be solved together with `other`.
    fileprivate func canJoin(_ other: JobRecord) -> Bool {
        kin != nil && kin == other.kin && attempts == 0 && other.attempts == 0 && state == .ready
    }
}
