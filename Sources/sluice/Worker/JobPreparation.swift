import Jobs
import Programs

/// What the worker says of jobs whose files are valid: it alone can open models and matrices.
struct JobPreparation {
    /// In the order of the jobs; nil for those that were not looked at.
    let jobs: [CheckedJob?]
    /// Why jobs were not looked at; nil when all were.
    let excuse: String?

    /// Has the worker look at the job files `paths`.
    init(_ paths: [String]) {
        guard !paths.isEmpty else {
            (jobs, excuse) = ([], nil)
            return
        }
        let found = Self.ask(paths)
        let jobs = paths.map { path in found.jobs.first { $0.file == path } }
        self.jobs = jobs
        excuse = jobs.contains(nil) ? found.excuse : nil
    }

    private static func ask(_ paths: [String]) -> (jobs: [CheckedJob], excuse: String) {
        guard let program = WorkerProgram() else {
            return ([], "\(WorkerProgram.name) is neither beside this program nor in $PATH")
        }
        let missing = program.missingLibraries
        guard missing.isEmpty else {
            return (
                [], "\(WorkerProgram.name) cannot start without \(missing.joined(separator: ", "))"
            )
        }
        // A name may begin as an option does.
        let run = ProgramRun(
            program.path, ["check", "--"] + paths, environment: ["OMP_WAIT_POLICY=PASSIVE"])
        return (WorkerLine.checkedJobs(run?.output ?? ""), "\(WorkerProgram.name) did not answer")
    }
}
