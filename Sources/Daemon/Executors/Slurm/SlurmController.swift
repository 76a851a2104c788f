import Glibc
import Jobs
import Logging

/// Slurm's controller, as far as its programs tell of it.
///
/// However many attempts are being watched, squeue is asked for all of them at once, and no more
/// often than the configuration says.
actor SlurmController {
    let programs: SlurmPrograms
    let command: SlurmCommand
    let timekeeper: Timekeeper
    let logger: Logger
    private let check: Duration
    private let longestWait: Duration
    private(set) var listing: SlurmListing?
    /// Why the controller cannot be asked; nil when it answers.
    private(set) var trouble: String?
    private var isAsking = false
    private var isStopping = false
    private var nextAsking = Duration.zero
    /// How often in a row the controller was not there.
    private var absences = 0
    private var refusals = SlurmRefusals()

    init(_ settings: SlurmSettings, timekeeper: Timekeeper, logger: Logger) {
        programs = settings.programs
        command = SlurmCommand(
            environment: settings.environment, timekeeper: timekeeper,
            patience: settings.patience)
        check = settings.spec.check
        longestWait = settings.longestWait
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// What Slurm said last about its jobs; it is asked anew when it is time to.
    ///
    /// Nobody waits for the answer, which may take long; it is there at a later look.
    ///
    /// - Returns: nil before the first answer. An absent controller leaves an old listing.
    func look() -> SlurmListing? {
        let now = timekeeper.now()
        guard !isAsking, !isStopping, now >= nextAsking else { return listing }
        isAsking = true
        // Unstructured, so that whoever looks can be told to stop meanwhile; it ends with squeue.
        Task { await ask(at: now) }
        return listing
    }

    private func ask(at now: Duration) async {
        defer { isAsking = false }
        let answer = await command.run(
            programs.squeue,
            ["--states=all", "--user=\(getuid())", "--format=\(SlurmListing.format)"])
        switch answer {
        case .success(let lines):
            guard let listing = SlurmListing(lines, asked: now) else {
                let first = lines.first.map { "‘\($0.prefix(200))’" } ?? "nothing"
                return noteAbsence("squeue prints \(first), which is no list of jobs")
            }
            self.listing = listing
            noteAnswer()
        case .failure(let trouble):
            noteAbsence(trouble.text)
        }
    }

    /// Submits a job.
    ///
    /// - Returns: its number.
    func submit(_ arguments: [String]) async -> Result<Int, SlurmTrouble> {
        switch await command.run(programs.sbatch, ["--parsable"] + arguments) {
        case .success(let lines):
            // `--parsable` prints `NUMBER` or `NUMBER;CLUSTER`.
            let number = lines.last.flatMap { $0.split(separator: ";").first }.flatMap { Int($0) }
            guard let number else { return .failure(.away("sbatch answers \(lines)")) }
            return .success(number)
        case .failure(let trouble):
            if case .away(let text) = trouble { noteAbsence(text) }
            return .failure(trouble)
        }
    }

    /// Ends a job; one that has ended already is fine, and so is a number that is another's by now.
    ///
    /// - Parameters:
    ///   - id: its number; nil: whatever has its name.
    ///   - name: its name.
    /// - Returns: whether Slurm has heard of it; it is not asked again before it is time to.
    func cancel(_ id: Int?, _ name: String) async -> Bool {
        if refusals.hold(id, name, at: timekeeper.now()) { return false }
        let number = id.map { ["\($0)"] } ?? []
        let answer = await command.run(programs.scancel, ["--name=\(name)"] + number)
        guard case .failure(let trouble) = answer, !trouble.isAboutNothing else {
            refusals.forget(id, name)
            return true
        }
        refusals.note(id, name, at: timekeeper.now(), pause: pause)
        switch trouble {
        case .away(let text): noteAbsence(text)
        case .refused(let text):
            logger.warning(
                "slurm job not cancelled; it is tried again",
                metadata: [
                    "slurm": "\(([name] + number).joined(separator: " "))", "error": "\(text)",
                ])
        }
        return false
    }

    /// Forgets what was not cancelled of an attempt that is over.
    func forget(_ name: String) { refusals.forget(name) }

    /// Ends the programs that are running: nobody asks Slurm any more.
    func stop() {
        isStopping = true
        command.stop()
    }

    private func noteAnswer() {
        if absences > 0 { logger.notice("slurm answers again") }
        absences = 0
        trouble = nil
        nextAsking = timekeeper.now() + check
    }

    private func noteAbsence(_ text: String) {
        // Whoever ends a program has no answer to expect.
        guard !isStopping else { return }
        if absences == 0 {
            logger.warning("slurm does not answer; waiting", metadata: ["error": "\(text)"])
        }
        absences += 1
        trouble = "slurm does not answer: \(text)"
        nextAsking = timekeeper.now() + pause(after: absences)
    }

    private func pause(after failures: Int) -> Duration {
        min(check * (1 << min(failures, 10)), longestWait)
    }
}
