/// What the controller, or accounting, says when it is asked about one job.
struct SlurmRecord: Equatable, Sendable {
    /// Whose job it is: numbers are given a second time.
    let name: String
    let state: SlurmState
    let reason: String
    let exit: SlurmExit?

    /// Reads what `scontrol --oneliner show job` prints; nil when that is something else.
    init?(description: String) {
        let words = description.split(separator: " ")
        let field = { (key: String) in
            words.first { $0.hasPrefix("\(key)=") }?.dropFirst(key.count + 1)
        }
        guard let name = field("JobName"), let state = field("JobState"), SlurmState.isWord(state)
        else { return nil }
        self.name = String(name)
        self.state = SlurmState(state)
        reason = field("Reason").map(String.init) ?? ""
        exit = field("ExitCode").flatMap { SlurmExit($0) }
    }

    /// What sacct is asked to print of a job.
    static let memoryFormat = "State,ExitCode,JobName"

    /// Reads a line of sacct; nil when that is something else.
    init?(memory line: String) {
        let fields = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, SlurmState.isWord(fields[0].prefix { $0 != " " }),
            let exit = SlurmExit(fields[1])
        else { return nil }
        name = String(fields[2])
        state = SlurmState(fields[0])
        reason = ""
        self.exit = exit
    }
}
