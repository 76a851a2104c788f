import Jobs

/// Since when nothing has happened to a file.
struct Stillness {
    let stamp: FileStamp
    let since: Duration
    let isMarked: Bool
    var isStill: Bool
}

/// What there is of the files that a job needs.
struct InputReview {
    /// The pictures that are there and still.
    var pictures: [SpoolPath: FileStamp] = [:]
    /// When the last of them changed.
    var since: Duration
    /// When the last one that is not still yet could be.
    var settlingUntil: Duration?
    /// What is missing or in the way, in words.
    var complaints: [String] = []
    /// The file that is complained of first, and the code for that.
    fileprivate var first: (file: String, code: String)?
    /// What makes the job fail at once.
    var failure: JobFailure?
    /// Whether all files are known to be complete.
    var areMarked = true
    /// Files that are named or fit a pattern.
    var count = 0
    /// How large the files are that are there.
    var sizes: [SpoolPath: Int] = [:]
    /// Names in the Inbox that are missing.
    var absent: [FileName] = []
    /// Files that are not there.
    var missed: [SpoolPath] = []
    /// Files that are not still.
    var changing: [String] = []
    /// Why a file cannot be looked at, the first of those.
    var obstacle: DaemonError?
    /// Files that are missing or in the way, and are not told one by one.
    var untold = 0
}

extension Doorkeeper {
    /// Whether `path`, which has this stamp now, has been still for long enough.
    mutating func settle(
        _ path: SpoolPath, _ stamp: FileStamp, _ now: Duration
    ) throws(DaemonError) -> Stillness {
        see(path)
        var state: Stillness
        if let known = stillness[path], known.stamp == stamp {
            state = known
        } else {
            // A file that cannot be opened carries no mark that could be read.
            let isMarked = (try? files.isMarkedComplete(path)) ?? false
            let since = recalled[WaitKey(stamp)] ?? now
            state = Stillness(stamp: stamp, since: since, isMarked: isMarked, isStill: isMarked)
        }
        state.isStill = state.isMarked || now - state.since >= patience.quiet
        stillness[path] = state
        return state
    }

    /// Looks for everything that a job needs.
    mutating func look(
        for needs: JobNeeds, of submission: Submission, since: Duration, _ now: Duration
    ) -> InputReview {
        var review = InputReview(since: since)
        let base = submission.base(in: Layout.inbox)
        review.count(needs.files.count, atMost: pictures)
        guard review.failure == nil else { return review }
        // One that cannot be looked at says nothing of the others, which may have left or come.
        for picture in needs.pictures {
            do throws(DaemonError) {
                try look(for: picture, beneath: base, isPicture: true, &review, now)
            } catch { review.obstacle = review.obstacle ?? error }
        }
        for other in needs.others {
            do throws(DaemonError) {
                try look(for: other, beneath: base, isPicture: false, &review, now)
            } catch { review.obstacle = review.obstacle ?? error }
        }
        for pattern in needs.patterns {
            do throws(DaemonError) {
                try look(for: pattern, beneath: base, &review, now)
            } catch { review.obstacle = review.obstacle ?? error }
        }
        return review
    }

    private mutating func look(
        for name: String, beneath base: SpoolPath, isPicture: Bool, _ review: inout InputReview,
        _ now: Duration
    ) throws(DaemonError) {
        guard let path = base.beneath(name) else {
            review.failure = review.failure ?? .escape(name)
            return
        }
        guard let stamp = try files.stamp(of: path) else {
            review.missed.append(path)
            // Its folder may be there.
            if path.names.count > 2 { see(path) }
            if path.names.count == 2, let name = path.last { review.absent.append(name) }
            return review.complain(InputReview.missing(name), name, JobFailure.missingCode)
        }
        see(path)
        guard stamp.kind == .file else {
            let what = "\(name) is \(stamp.kind.words), not a regular file"
            return review.complain(what, name, "input.refused")
        }
        review.sizes[path] = stamp.bytes
        let state = try settle(path, stamp, now)
        review.since = max(review.since, state.since)
        review.areMarked = review.areMarked && state.isMarked
        if isPicture { review.pictures[path] = stamp }
        if !state.isStill {
            review.changing.append(name)
            let until = state.since + patience.quiet
            review.settlingUntil = max(review.settlingUntil ?? until, until)
        }
    }

    private mutating func look(
        for pattern: JobNeeds.Pattern, beneath base: SpoolPath, _ review: inout InputReview,
        _ now: Duration
    ) throws(DaemonError) {
        guard let folder = pattern.folder.isEmpty ? base : base.beneath(pattern.folder) else {
            review.failure = review.failure ?? .escape(pattern.folder)
            return
        }
        let isFolder = try files.stamp(of: folder)?.kind == .folder
        let names = isFolder ? try files.names(in: folder).compactMap(\.exactText) : []
        rota.noteListing(of: names.count)
        let fitting = names.filter(pattern.matches)
        if fitting.isEmpty {
            review.complain(
                "no file fits \(pattern.text)", pattern.text, JobFailure.missingCode)
        }
        review.count(fitting.count, atMost: pictures)
        for name in fitting where review.count <= pictures {
            let path = pattern.folder.isEmpty ? name : "\(pattern.folder)/\(name)"
            try look(for: path, beneath: base, isPicture: true, &review, now)
        }
    }
}

extension InputReview {
    /// What is told of a file that is not there.
    static func missing(_ name: String) -> String { "\(name) is missing" }

    /// The first of many complaints, and how many there are beside.
    static func told(_ complaints: [String], atMost most: Int = 10) -> [String] {
        guard complaints.count > most else { return complaints }
        return complaints.prefix(most) + ["and \(complaints.count - most) more"]
    }

    /// How many files a failure names one by one.
    private static let mostComplaints = 100

    /// Counts files before any of them is looked at; too many make the job fail at once.
    fileprivate mutating func count(_ files: Int, atMost most: Int) {
        count += files
        if count > most { failure = failure ?? .tooManyFiles(count, atMost: most) }
    }

    fileprivate mutating func complain(_ what: String, _ file: String, _ code: String) {
        if complaints.count < Self.mostComplaints { complaints.append(what) } else { untold += 1 }
        first = first ?? (file, code)
    }

    /// The failure to report when what is missing never comes.
    var missing: JobFailure? {
        first.map { file, code in
            let rest = untold > 0 ? ["and \(untold) more"] : []
            return JobFailure(
                .job, code, (complaints + rest).joined(separator: "\n"), file: file,
                hint: "submit the job again together with the files that it names")
        }
    }
}
