/// What the daemon is doing: the content of `Outbox/status.json`.
package struct StatusDocument: Codable, Equatable, Sendable {
    package enum Activity: String, Codable, Sendable {
        case running, draining, stopped
        /// Nothing new is accepted until there is room on the disk.
        case paused
    }

    /// A job that the daemon has accepted.
    package struct Job: Codable, Equatable, Sendable {
        package var id: String
        package var name: String
        package var state: JobState.Kind
        /// Attempts that were started.
        package var attempts: Int
        /// Why it waits, when it does not wait for its turn only.
        package var waitsFor: String?
        /// How far the running attempt is.
        package var progress: Progress?

        package init(
            id: String, name: String, state: JobState.Kind, attempts: Int, waitsFor: String?,
            progress: Progress?
        ) {
            self.id = id
            self.name = name
            self.state = state
            self.attempts = attempts
            self.waitsFor = waitsFor
            self.progress = progress
        }
    }

    package struct Progress: Codable, Equatable, Sendable {
        /// Between 0 and 1.
        package var fraction: Double
        package var picture: String
        package var done: Int
        package var of: Int
        /// Iterations a second, of the pictures that are solved together.
        package var rate: Double?
        package var secondsLeft: Double?

        package init(_ event: WorkerEvent.Progress) {
            fraction = event.fraction
            picture = event.picture
            done = event.done
            of = event.of
            rate = event.rate
            secondsLeft = event.secondsLeft
        }
    }

    /// A submission that is still in the Inbox.
    package struct Waiting: Codable, Equatable, Sendable {
        package var name: String
        package var waitsFor: [String]

        package init(name: String, waitsFor: [String]) {
            self.name = name
            self.waitsFor = waitsFor
        }
    }

    /// A job that has failed.
    package struct Failed: Codable, Equatable, Sendable {
        package var id: String
        package var name: String
        package var result: String
        package var code: String
        package var message: String

        package init(id: String, name: String, result: String, code: String, message: String) {
            self.id = id
            self.name = name
            self.result = result
            self.code = code
            self.message = message
        }
    }

    /// A job whose result warns of something.
    package struct Remarked: Codable, Equatable, Sendable {
        package var id: String
        package var name: String
        package var result: String
        package var remarks: JobRecord.Remarks

        package init(id: String, name: String, result: String, remarks: JobRecord.Remarks) {
            self.id = id
            self.name = name
            self.result = result
            self.remarks = remarks
        }
    }

    /// The version of this format.
    package var version = 1
    package var activity: Activity
    package var pid: Int
    /// When the daemon started and when this was written, in seconds since 1970.
    package var started: Double
    package var updated: Double
    /// How changes in the Inbox are noticed: `inotify`, or `polling` and why.
    package var watching: String
    /// What keeps the daemon from working as it should, and what in the Inbox is in no job.
    package var warnings: [String] = []
    package var running: [Job] = []
    package var queue: [Job] = []
    package var waiting: [Waiting] = []
    /// The last failures, the newest first.
    package var failures: [Failed] = []
    /// Jobs that ended since the daemon started.
    package var finished = 0
    package var failed = 0
    /// How many of the finished jobs have results with warnings, and the last of them, the newest
    /// first; an earlier version of the daemon did not tell.
    package var finishedWithWarnings: Int?
    package var remarked: [Remarked]?
    /// Whether pictures stay in the Inbox; an earlier version of the daemon did not tell.
    package var keepsInputs: Bool?

    package init(
        activity: Activity, pid: Int, started: Double, updated: Double, watching: String
    ) {
        self.activity = activity
        self.pid = pid
        self.started = started
        self.updated = updated
        self.watching = watching
    }
}
