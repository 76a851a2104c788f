import Jobs

/// Decides which submissions in the Inbox are complete.
///
/// It never trusts an event: a job is ready when its file and everything it names have been looked
/// at twice, a while apart, and nothing had happened to them, and a worker could decode the
/// pictures to their end. `sluice submit` marks its files as complete, so they need not wait.
package struct Doorkeeper: Sendable {
    package let files: any FileSystem
    package let inspector: any JobInspecting
    package let patience: Patience
    /// Whether all but job files stays in the Inbox: then nothing tells inputs from strays, and
    /// what nobody names is never published.
    package let keepsInputs: Bool
    /// The largest number of files that a job may name.
    package let pictures: Int

    var stillness: [SpoolPath: Stillness] = [:]
    var inspected: [SpoolPath: Inspection] = [:]
    /// What is known of the folders in the Inbox.
    var folders: [FileName: Listing] = [:]
    var probes: [Submission: Probe] = [:]
    var crashed: Set<ProbeRequest> = []
    /// Job files that need no more than a glance.
    package internal(set) var waitingRoom = WaitingRoom()
    /// How much the files of submissions take, which have to be copied.
    var sizes: [Submission: Int] = [:]
    /// How many files folders had when all of them were looked at, to see whether they can be read.
    var walks: [Submission: Int] = [:]
    /// What of folders could not be read, the first of it.
    var barriers: [Submission: Barrier] = [:]
    /// Job files that take large files, which were put off until it is their turn.
    var postponedReadings: [SpoolPath: FileStamp] = [:]
    /// How many probes workers have answered.
    var answers = 0
    /// Files that job files name and that are not there, each with when the first of these was last
    /// touched, in nanoseconds since 1970; of this look.
    var missed: [SpoolPath: Int] = [:]
    /// What was looked at in this round; the rest is forgotten when it is over.
    private(set) var seen: Set<SpoolPath> = []
    /// The names in the Inbox that this is, or lies beneath.
    private(set) var named: Set<FileName> = []
    /// Whose turn it is when there is more to look at than fits into one look.
    var rota: Rota
    /// What was to be done about submissions when it was their turn.
    var verdicts: [Submission: TurnVerdict] = [:]
    /// Those whose turn it was not in this look.
    var postponed: Set<Submission> = []
    /// What submissions need next, as far as they had their turn in this round.
    var progress = Review.Progress()
    /// What belonged to no submission when the last round was over.
    var knownStrays: [Stray] = []
    /// What belongs to none at any look of this round; nil before the first.
    ///
    /// What came later may be named by one that had its turn before.
    var lasting: Set<Stray>?
    /// Since when files have been as they are, as an earlier daemon knew.
    var recalled: [WaitKey: Duration] = [:]
    /// Whether there is a job in this look that may name more than is known of it.
    var isGuessing = false
    /// The names of the job that was inspected last.
    var lastPictures: [String] = []

    struct Inspection {
        let stamp: FileStamp
        let companions: Companions
        let result: Result<JobNeeds, JobFailure>
        /// Whether what it says has been looked for.
        var isSearched = false
    }

    /// Why a folder is not taken.
    struct Barrier {
        /// What cannot be read.
        let path: SpoolPath
        let words: String
    }

    /// The job files that were seen in a folder.
    struct Listing {
        let stamp: FileStamp
        /// Since when the folder has had this stamp.
        let since: Duration
        let listed: Duration
        let jobFiles: [String]
        /// How many names there are in it.
        let count: Int
        let isFinal: Bool
    }

    package init(
        files: any FileSystem, inspector: any JobInspecting, patience: Patience = Patience(),
        keepsInputs: Bool = false, pictures: Int = 1000, rota: Rota = Rota()
    ) {
        self.files = files
        self.inspector = inspector
        self.patience = patience
        self.keepsInputs = keepsInputs
        self.pictures = pictures
        self.rota = rota
    }

    /// Looks at the Inbox: at everything in it, or, where that is too much for one look, at what has its turn.
    ///
    /// - Parameter now: a time of the monotonic clock.
    /// - Returns: what is to be done about each submission.
    /// - Throws: ``DaemonError`` when the Inbox cannot be listed.
    package mutating func look(at now: Duration) throws(DaemonError) -> Review {
        var review = Review()
        let names = try files.names(in: Layout.inbox)
        try callWaiting(among: names, now)
        beginLook()
        for name in names where !name.isIgnored && !waitingRoom.holds(name) {
            do throws(DaemonError) {
                try look(at: name, &review, now)
            } catch {
                if name.jobStem != nil { noteUnknown(error) }
                review.refuse(name, "\(error)")
            }
        }
        endLook(&review)
        review.waitingRoom = waitingRoom
        review.waitingUntil = waitingRoom.oldest.map { $0 + patience.inputs }
        return review
    }

    /// Notes that `path` is looked at in this round.
    mutating func see(_ path: SpoolPath) {
        guard seen.insert(path).inserted, path.names.count > 1 else { return }
        named.insert(path.names[1])
    }

    mutating func overlook(_ path: SpoolPath) { seen.remove(path) }

    mutating func forgetSeen() {
        seen = []
        named = []
    }
}
