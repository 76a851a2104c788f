import Daemon
import Jobs
import Programs

/// Whether the Slurm that the configuration names can be used.
struct SlurmDiagnosis {
    let executor: ExecutorSpec

    /// Nothing where jobs run on this machine.
    var findings: [Finding] {
        guard case .slurm = executor else { return [] }
        let searchPath = ProcessEnvironment.value("PATH") ?? ""
        guard let programs = SlurmPrograms(searchPath: searchPath) else {
            let missing = SlurmPrograms.missing(searchPath: searchPath).joined(separator: ", ")
            return [
                Finding(
                    "Slurm", .fails, "there is no \(missing) in $PATH",
                    remedy: "install Slurm's client programs (slurm-client on Debian), or "
                        + "configure executor: local")
            ]
        }
        return [controller(programs)]
    }

    private func controller(_ programs: SlurmPrograms) -> Finding {
        let run = ProgramRun(programs.scontrol, ["ping"])
        let answer = run?.output.split(separator: "\n").map(String.init) ?? []
        guard let line = answer.first(where: { $0.hasSuffix(" is UP") }) else {
            return Finding(
                "Slurm", .fails, answer.first ?? "scontrol ping says nothing",
                remedy: "ask whoever runs the cluster; jobs wait until its controller answers")
        }
        return Finding("Slurm", .works, line)
    }
}
