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
        /// The job has ended.
        case over(SlurmJob)
        /// Slurm does not know the job any more.
        case missing(Int?)

        /// Whether the worker, of which a first word was heard or not, may have said something
        /// that cannot be read yet.
        func mayHaveMore(_ hasBegun: Bool) -> Bool {
            switch self {
            case .over(let job):
                job.state == .completed || (job.state == .failed && !hasBegun)
            case .nothingNew, .alive, .hopeless, .requeued, .missing: false
            }
        }
    }

    let id: Int?
    let name: String
    private var last: Duration
    private var absences = 0
    private var sight = Sight.nothingNew
    private var hasRun = false
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

    /// So many listings in a row must lack a job before it is taken for lost.
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
            return absences < Self.mostAbsences ? .nothingNew : .missing(id)
        }
        absences = 0
        if job.state.isFinal { return .over(job) }
        if job.hopelessReason != nil { return .hopeless(job) }
        if job.isSecondTry || (hasRun && job.state == .alive("PENDING")) { return .requeued(job) }
        if job.state == .alive("RUNNING") { hasRun = true }
        return .alive
    }
}
