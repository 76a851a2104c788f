/// What the daemon remembers of an accepted job: the content of `state.json`.
package struct JobRecord: Codable, Equatable, Sendable {
    /// A picture or other file that the job names, as it was copied.
    package struct Input: Codable, Equatable, Sendable {
        /// The path that the job names it by.
        package var path: String
        package var sha256: String
        package var bytes: Int
        /// The inode of the original.
        package var inode: UInt64
        /// When the original was last changed, in nanoseconds since 1970.
        package var modified: Int

        package init(path: String, sha256: String, bytes: Int, inode: UInt64, modified: Int) {
            self.path = path
            self.sha256 = sha256
            self.bytes = bytes
            self.inode = inode
            self.modified = modified
        }
    }

    /// The warnings of a result, in short.
    package struct Remarks: Codable, Equatable, Sendable {
        package var count: Int
        package var first: String

        package init(count: Int, first: String) {
            self.count = count
            self.first = first
        }

        package var words: String { "\(count) warning\(count == 1 ? "" : "s"): \(first)" }
    }

    /// How a job came, which says where its files are.
    package enum Origin: String, Codable, Sendable {
        /// As a job file; its files lie beside it in the Inbox.
        case file
        /// As a folder that was taken with all that is in it.
        case folder
        /// As a folder of which only the job file was taken.
        case left
    }

    /// The version of this format.
    package var version = 1
    package var id: String
    /// The name under which the job was submitted, fit for every tool.
    package var name: String
    package var state: JobState
    /// When the job was accepted, in seconds since 1970.
    package var accepted: Double
    /// Attempts that were started; the last one writes into `run.N` with this N.
    package var attempts = 0
    /// Attempts that ended by the job's own fault.
    package var faults = 0
    /// Attempts that others ended.
    package var kills = 0
    /// Attempts during which the daemon died.
    package var interruptions = 0
    /// Attempts that the environment ended, in a row.
    package var postponements = 0
    /// Why the last attempt did not succeed.
    package var lastFailure: JobFailure?
    package var inputs: [Input] = []
    /// How it came; nil in records that do not say so.
    package var origin: Origin?
    /// What jobs have in common that can be solved together; nil for a job that is solved alone.
    package var kin: String?
    /// What its result warns of; nil for nothing.
    package var remarks: Remarks?

    package init(id: String, name: String, state: JobState, accepted: Double) {
        self.id = id
        self.name = name
        self.state = state
        self.accepted = accepted
    }

    /// The name of the job's folder in the Outbox.
    package func resultName(failed: Bool) -> String {
        "\(name)--\(id)" + (failed ? ".failed" : "")
    }
}
