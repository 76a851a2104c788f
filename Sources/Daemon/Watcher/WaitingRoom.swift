package import Jobs

/// Job files in the Inbox that wait for files of which none is there.
///
/// Thousands of jobs may be written long before their pictures. To look at such a job again takes
/// only whether its file is the same and whether a name it waits for has turned up: O(1) and a few
/// hundred bytes a job. Everything else about it is found anew when it leaves.
package struct WaitingRoom: Sendable {
    struct Guest {
        /// The job file as it was read.
        let job: Stillness
        /// The names in the Inbox that it waits for, all of them missing.
        let missing: [FileName]
    }

    private var guests: [FileName: Guest] = [:]
    /// How many jobs wait for a name.
    private var awaited: [FileName: Int] = [:]
    /// Changes whenever a job comes or leaves.
    private(set) var revision = 0

    package var count: Int { guests.count }

    /// Since when the job waits that has waited longest; nil without jobs.
    var oldest: Duration? { guests.values.lazy.map(\.job.since).min() }

    /// The job files, and since when they have been as they are.
    var jobFiles: some Sequence<Stillness> { guests.values.lazy.map(\.job) }

    /// Whether the job file `name`, which has this stamp, is here.
    func holds(_ name: FileName, _ stamp: FileStamp) -> Bool { guests[name]?.job.stamp == stamp }

    func holds(_ name: FileName) -> Bool { guests[name] != nil }

    /// Since when the job file `name` waits; nil when it is not here.
    func since(_ name: FileName) -> Duration? { guests[name]?.job.since }

    /// Whether a job waits for `name`.
    func awaits(_ name: FileName) -> Bool { awaited[name] != nil }

    /// When the first of the job files that wait for each of the names was last touched, in nanoseconds since
    /// 1970, O(jobs and names).
    func touched(awaiting names: some Sequence<FileName>) -> [FileName: Int] {
        let wanted = Set(names.filter(awaits))
        var first: [FileName: Int] = [:]
        guard !wanted.isEmpty else { return first }
        for guest in guests.values {
            for name in guest.missing where wanted.contains(name) {
                first[name] = min(first[name] ?? .max, guest.job.stamp.changed)
            }
        }
        return first
    }

    mutating func enter(_ name: FileName, _ guest: Guest) {
        revision += 1
        guests[name] = guest
        for file in guest.missing { awaited[file, default: 0] += 1 }
    }

    private mutating func leave(_ name: FileName) -> Guest? {
        guard let guest = guests.removeValue(forKey: name) else { return nil }
        revision += 1
        for file in guest.missing {
            let left = awaited[file, default: 1] - 1
            awaited[file] = left > 0 ? left : nil
        }
        return guest
    }

    /// Sends away every job that something has happened to.
    ///
    /// - Parameters:
    ///   - names: all names in the Inbox.
    ///   - eldest: jobs that have waited since then have waited long enough.
    ///   - stamps: what is at some of the names; when that cannot be told, nobody is sent away.
    /// - Returns: the jobs that are to be looked at again although their files are the same.
    /// - Throws: what `stamps` throws.
    mutating func call(
        _ names: [FileName], eldest: Duration,
        stamps: ([FileName]) throws(DaemonError) -> [FileStamp?]
    ) throws(DaemonError) -> [FileName: Guest] {
        let present = names.filter { guests[$0] != nil }
        if guests.count > present.count { leaveUnlisted(Set(present)) }
        guard !guests.isEmpty else { return [:] }
        var called: [FileName: Guest] = [:]
        let arrived = Set(names.filter { awaited[$0] != nil })
        for (name, stamp) in zip(present, try stamps(present)) {
            guard let guest = guests[name] else { continue }
            let isSame = stamp == guest.job.stamp
            let isDue =
                guest.job.since <= eldest || guest.missing.contains(where: arrived.contains)
            guard isDue || !isSame, let left = leave(name) else { continue }
            if isSame { called[name] = left }
        }
        return called
    }

    /// Sends away the jobs whose files have gone.
    private mutating func leaveUnlisted(_ present: Set<FileName>) {
        for name in guests.keys.filter({ !present.contains($0) }) { _ = leave(name) }
    }

    /// What is told of the jobs, by name.
    package var told: [StatusDocument.Waiting] {
        guests.sorted { $0.key < $1.key }.map { name, guest in
            StatusDocument.Waiting(
                name: name.text,
                waitsFor: InputReview.told(guest.missing.map { InputReview.missing($0.text) }))
        }
    }
}
