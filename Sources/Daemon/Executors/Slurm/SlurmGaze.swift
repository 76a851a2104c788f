/// What the listings of Slurm tell about one job, one after the other.
struct SlurmGaze {
    /// What a listing tells.
    enum Sight {
        /// The listing was made before the job, or was looked at already.
        case nothingNew
        case alive
        /// The job waits for something that will never be.
        case hopeless(SlurmJob)
        /// Slurm wants to run it a second time, which is the daemon's affair.
        case requeued(SlurmJob)
        /// The job has ended; how its program did is not known in every case.
        case over(SlurmJob, SlurmExit?)
        /// Slurm does not know the job any more.
        case missing(Int?)

        /// Whether the worker, of which a first word was heard or not, may have said something
        /// that cannot be read yet.
        func mayHaveMore(_ hasBegun: Bool) -> Bool {
            switch self {
            case .over(let job, _):
                job.state == .completed || (job.state == .failed && !hasBegun)
            case .nothingNew, .alive, .hopeless, .requeued, .missing: false
            }
        }

        /// Whether something of the job may still run, or run one day.
        var mayRun: Bool {
            switch self {
            case .hopeless, .requeued, .missing: true
            case .nothingNew, .alive, .over: false
            }
        }
    }

    let id: Int?
    let name: String
    private var last: Duration
    private var absences = 0
    private var sight = Sight.nothingNew
    private var hasRun = false
    /// Whether listings lack the job, so that the controller has to be asked about it.
    private(set) var mustAsk = false
    /// How often it was asked about.
    private(set) var inquiries = 0
    /// Since when listings lack the job; nil when they do not, or it is alive all the same.
    private var missingSince: Duration?
    /// When the job was first seen to have ended.
    var endSeen: Duration?
    /// Jobs that were submitted for the same attempt by mistake.
    private(set) var twins: [Int] = []

    /// A job that was submitted before `since`.
    init(id: Int?, name: String, since: Duration) {
        self.id = id
        self.name = name
        last = since
    }

    /// So many listings in a row must lack a job before it is asked about.
    private static let mostAbsences = 2

    mutating func look(at listing: SlurmListing) -> Sight {
        guard let id else { return .missing(nil) }
        guard listing.asked > last else {
            twins = []
            return sight
        }
        last = listing.asked
        twins = listing.jobs.filter { $0.name == name && $0.id != id && !$0.state.isFinal }
            .map(\.id)
        // A controller that has lost its state gives numbers a second time.
        sight = judge(listing.jobs.first { $0.id == id && $0.name == name })
        return sight
    }

    private mutating func judge(_ job: SlurmJob?) -> Sight {
        guard let job else {
            absences += 1
            mustAsk = absences >= Self.mostAbsences
            return .nothingNew
        }
        if job.state.isFinal {
            (absences, mustAsk, missingSince) = (0, false, nil)
            return .over(job, nil)
        }
        noteLife()
        if job.hopelessReason != nil { return .hopeless(job) }
        if job.isSecondTry || (hasRun && job.state == .alive("PENDING")) { return .requeued(job) }
        if job.state == .alive("RUNNING") { hasRun = true }
        return .alive
    }

    private mutating func noteLife() {
        (absences, mustAsk, missingSince, endSeen) = (0, false, nil, nil)
    }

    /// Hears what is known of a job that listings lack.
    ///
    /// - Parameters:
    ///   - news: what is known.
    ///   - now: the time.
    ///   - limit: so long nobody has to be sure: no job runs longer.
    /// - Returns: what to think of it.
    mutating func hear(_ news: SlurmNews, at now: Duration, limit: Duration) -> Sight {
        mustAsk = false
        inquiries += 1
        let since = missingSince ?? now
        missingSince = since
        switch news {
        case .alive:
            noteLife()
            sight = .alive
        case .over(let record):
            let job = SlurmJob(
                id: id ?? 0, state: record.state, reason: record.reason, name: record.name)
            sight = .over(job, record.exit)
        case .unknown: sight = .missing(id)
        case .unsure: sight = now >= since + limit ? .missing(id) : .nothingNew
        }
        return sight
    }
}
