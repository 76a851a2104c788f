import FoundationEssentials
import Jobs

/// What is exchanged about one attempt: the folder `run.N.slurm` beside `run.N`.
///
///     request.json   what the worker is asked; written before anything is submitted
///     start.sh       what Slurm starts: it becomes the worker
///     job            the number of the Slurm job, as soon as it is known
///     events         what the worker says
///     log            what it writes on its standard error, and what Slurm writes there
struct SlurmFolder: Sendable {
    let files: any FileSystem
    let place: SpoolPath
    /// The absolute path of the folder.
    let path: String

    init(_ attempt: Attempt, in files: any FileSystem) {
        self.files = files
        place = Layout.slurm(attempt.id, attempt.number)
        path = attempt.output + ".slurm"
    }

    /// The name that the Slurm job of `attempt` is found by when its number is lost.
    static func jobName(of attempt: Attempt) -> String { "sluice-\(attempt.id)-\(attempt.number)" }

    private static let script = """
        #!/bin/sh
        ulimit -c 0
        exec "$@"

        """

    /// Writes what a Slurm job needs, durably.
    ///
    /// - Returns: whether it was there already, so that a job may have been submitted.
    func prepare(_ request: WorkerRequest) throws(DaemonError) -> Bool {
        let isThere = try files.exists(place / "request.json")
        guard !isThere else { return true }
        try files.ensureFolder(place)
        try files.replace(place / "start.sh", with: Array(Self.script.utf8))
        try files.replace(place / "request.json", with: Self.line(of: request))
        return false
    }

    /// The number of the Slurm job; nil when none is known.
    func number() throws(DaemonError) -> Int? {
        guard try files.exists(place / "job") else { return nil }
        let text = String(decoding: try files.read(place / "job", limit: 64), as: UTF8.self)
        return text.split(separator: "\n").first.flatMap { Int($0) }
    }

    /// Writes the number of the Slurm job so that it survives.
    func write(number: Int) throws(DaemonError) {
        try files.replace(place / "job", with: Array("\(number)\n".utf8))
    }

    /// Whether a worker has begun.
    func hasEvents() throws(DaemonError) -> Bool { try files.exists(place / "events") }

    /// What sbatch is told for the job of `attempt`, the worker's `command` last.
    func arguments(for attempt: Attempt, _ settings: SlurmSettings) -> [String] {
        [
            "--job-name=\(Self.jobName(of: attempt))", "--comment=sluice attempt \(attempt.number)",
            "--no-requeue", "--export=ALL", "--chdir=/", "--input=/dev/null",
            "--open-mode=append", "--output=\(literal("\(path)/log"))",
        ] + settings.resources + ["\(path)/start.sh"] + settings.command
            + ["--requests", "\(path)/request.json", "--events", "\(path)/events"]
    }

    /// In names of output files, Slurm gives `%` a meaning.
    private func literal(_ path: String) -> String {
        path.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
    }

    private static func line(of request: WorkerRequest) throws(DaemonError) -> [UInt8] {
        do {
            return Array(try WorkerLine.encode(request))
        } catch {
            throw DaemonError(.damaged("\(error)"), "write", "request.json")
        }
    }
}
