import Daemon
import Glibc
import Jobs
import Programs

extension SlurmSettings {
    /// What the configuration says about Slurm; nil when jobs run on this machine.
    ///
    /// - Parameters:
    ///   - file: what the administrator has decided.
    ///   - workers: how workers of this machine are started; those of Slurm are the same program.
    /// - Throws: `SetupError` when Slurm's programs are not installed.
    init?(
        _ file: ConfigurationFile, workers: LocalSettings
    ) throws(SetupError) {
        guard case .slurm(let spec) = file.spec.executor else { return nil }
        let searchPath = ProcessEnvironment.value("PATH") ?? ""
        guard let programs = SlurmPrograms(searchPath: searchPath) else {
            let missing = SlurmPrograms.missing(searchPath: searchPath).joined(separator: ", ")
            let mistake = file.mistake(
                of: ["executor", "slurm"],
                "the executor is slurm, but there is no \(missing) in $PATH",
                "install Slurm's client programs (slurm-client on Debian), or configure "
                    + "executor: local")
            throw SetupError(mistake, EX_CONFIG)
        }
        self.init(
            programs: programs, command: workers.command,
            environment: workers.environment + WorkerEnvironment.slurm, spec: spec,
            time: file.spec.timeLimit, models: workers.models, datasets: workers.datasets,
            limits: workers.limits)
    }
}
