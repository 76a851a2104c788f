import Glibc
import Jobs
import Logging

/// Slurm's controller, as far as its programs tell of it.
///
/// However many attempts are being watched, squeue is asked for all of them at once, and no more
/// often than the configuration says.
actor SlurmController {
    private let programs: SlurmPrograms
    private let command: SlurmCommand
    private let timekeeper: Timekeeper
    private let logger: Logger
    private let check: Duration
    private let longestWait: Duration
    private(set) var listing: SlurmListing?
    /// Why the controller cannot be asked; nil when it answers.
    private(set) var trouble: String?
    private var isAsking = false
    private var nextAsking = Duration.zero
    /// How often in a row the controller was not there.
    private var absences = 0

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
    /// - Returns: nil before the first answer. An absent controller leaves an old listing.
    func look() async -> SlurmListing? {
        let now = timekeeper.now()
        guard !isAsking, now >= nextAsking else { return listing }
        isAsking = true
        defer { isAsking = false }
        let answer = await command.run(
            programs.squeue,
            [
                "--noheader", "--states=all", "--user=\(getuid())",
                "--format=\(SlurmJob.format)",
            ])
        switch answer {
        case .success(let lines):
            listing = SlurmListing(asked: now, jobs: lines.compactMap { SlurmJob($0) })
            noteAnswer()
        case .failure(let trouble):
            noteAbsence(trouble.text)
        }
        return listing
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

    /// Ends a job; one that has ended already is fine.
    ///
    /// - Returns: whether Slurm has heard of it.
    func cancel(_ id: Int) async -> Bool {
        switch await command.run(programs.scancel, ["\(id)"]) {
        case .success, .failure(.refused): return true
        case .failure(.away(let text)):
            noteAbsence(text)
            return false
        }
    }

    /// How the program of a job ended: its exit code and the signal; nil when nobody knows.
    func exit(of id: Int) async -> SlurmExit? {
        let answer = await command.run(programs.scontrol, ["--oneliner", "show", "job", "\(id)"])
        guard case .success(let lines) = answer else { return nil }
        return lines.first.flatMap { SlurmExit(inDescription: $0) }
    }

    /// What accounting remembers of a job that the controller has forgotten.
    func memory(of id: Int) async -> (state: SlurmState, exit: SlurmExit?)? {
        guard let sacct = programs.sacct else { return nil }
        let answer = await command.run(
            sacct,
            [
                "--noheader", "--parsable2", "--allocations", "--jobs=\(id)",
                "--format=State,ExitCode",
            ])
        guard case .success(let lines) = answer,
            let parts = lines.first?.split(separator: "|"), parts.count == 2
        else { return nil }
        return (SlurmState(parts[0]), SlurmExit(parts[1]))
    }

    private func noteAnswer() {
        if absences > 0 { logger.notice("slurm answers again") }
        absences = 0
        trouble = nil
        nextAsking = timekeeper.now() + check
    }

    private func noteAbsence(_ text: String) {
        if absences == 0 {
            logger.warning("slurm does not answer; waiting", metadata: ["error": "\(text)"])
        }
        absences += 1
        trouble = "slurm does not answer: \(text)"
        nextAsking = timekeeper.now() + min(check * (1 << min(absences, 10)), longestWait)
    }
}
