import Daemon
import FoundationEssentials
import Glibc
import Jobs
import Logging
import Programs

/// The daemon as the command line and the configuration describe it: all parts are put together
/// here and nowhere else.
struct Setup {
    /// The absolute path of the root.
    let root: String
    private let once: Bool
    private let configuration: ConfigurationSpec
    private let local: LocalSettings
    private let hooks: HookSettings
    /// Nil when jobs run on this machine.
    private let slurm: SlurmSettings?

    /// - Throws: `SetupError`.
    init(config: String?, root: String?, worker: String?, once: Bool) throws(SetupError) {
        self.once = once
        let found = try Self.configuration(config, root: root ?? ".")
        configuration = found.spec
        let folder = root ?? found.root
        guard let path = realpath(folder, nil) else {
            let problem = "the root \(folder) does not exist"
            let remedy = "make it, or name another with --root"
            throw SetupError(
                root == nil
                    ? found.mistake(of: ["root"], problem, remedy) : "\(problem); \(remedy)",
                EX_NOINPUT)
        }
        defer { free(path) }
        self.root = String(cString: path)
        local = try Self.localSettings(configuration, root: self.root, worker: worker)
        try Self.checkMetrics(found, root: self.root)
        hooks = try HookSettings(found)
        slurm = try SlurmSettings(found, workers: local)
    }

    /// The daemon's foreman with everybody who works for it.
    func foreman(_ files: LinuxFileSystem) -> Foreman {
        let logger = Journal.logger
        let timekeeper = Timekeeper(SuspendingClock(), date: { Date().timeIntervalSince1970 })
        let inspector = JobInspector(
            policy: .confined(datasets: local.datasets, models: local.models))
        let retry = RetryPolicy(faults: configuration.attempts)
        let spool = Spool(
            files: files, inspector: inspector, settings: spoolSettings(retry),
            now: timekeeper.date, identify: IdentifierSeries().next)
        let patience = Patience(quiet: configuration.settle, inputs: configuration.inputTimeout)
        let doorkeeper = Doorkeeper(
            files: files, inspector: inspector, patience: patience,
            keepsInputs: configuration.inputs == .keep,
            pictures: configuration.picturesPerJob)
        warnOfThreads(logger)
        let listeners = listeners(timekeeper, logger)
        let settings = ForemanSettings(
            // Nothing is lost when jobs of Slurm are left to themselves.
            once: once, drain: configuration.drain, leavesJobs: slurm != nil,
            reserve: configuration.reserve.bytes,
            poll: configuration.poll, pid: Int(getpid()))
        return Foreman(
            keeper: Keeper(spool: spool, doorkeeper: doorkeeper) { [hooks] result in
                hooks.program(hasFailed: ResultName.isFailure(result)) != nil
            },
            executor: executor(files, timekeeper, logger, listeners.tally),
            alarm: InotifyAlarm(files: files, tally: listeners.tally), timekeeper: timekeeper,
            settings: settings, retry: retry, root: root, logger: logger, listeners: listeners)
    }

    /// More threads than cores work, but wait for each other.
    private func warnOfThreads(_ logger: Logger) {
        let threads = local.threads * local.workers
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        guard slurm == nil, threads > cores else { return }
        logger.warning(
            "threads wait for each other",
            metadata: ["threads": "\(threads)", "cores": "\(cores)"])
    }

    private func listeners(_ timekeeper: Timekeeper, _ logger: Logger) -> Listeners {
        let tally = Tally()
        return Listeners(
            service: ServiceSocket(environment: ProcessEnvironment.value, pid: Int(getpid())),
            metrics: configuration.metrics.map {
                MetricsFile(path: ConfigurationFile.join(root, $0))
            },
            hooks: Hooks(hooks, timekeeper: timekeeper, logger: logger, tally: tally),
            tally: tally)
    }

    /// Where jobs run; pictures are looked at by workers of this machine in any case.
    private func executor(
        _ files: LinuxFileSystem, _ timekeeper: Timekeeper, _ logger: Logger, _ tally: Tally
    ) -> any Executor {
        let local = LocalExecutor(
            local, timekeeper: timekeeper, logger: logger, tally: tally,
            outOfMemoryCount: { OutOfMemoryCount.read() })
        guard let slurm else { return local }
        return SlurmExecutor(
            slurm, files: files, prober: local, timekeeper: timekeeper, logger: logger)
    }

    private func spoolSettings(_ retry: RetryPolicy) -> SpoolSettings {
        SpoolSettings(
            keepsInputs: configuration.inputs == .keep, pictures: configuration.picturesPerJob,
            quiet: configuration.settle, retry: retry, keepWork: configuration.keepWork,
            keepResults: configuration.keepResults, keepInputs: configuration.keepInputs,
            attemptsOutlive: slurm != nil)
    }

    private static func configuration(
        _ path: String?, root: String
    ) throws(SetupError) -> ConfigurationFile {
        do throws(JobError) {
            return try ConfigurationFile(path: path, root: root)
        } catch {
            throw SetupError("\(error)", EX_CONFIG)
        }
    }

    /// Numbers in the place of the status, or of somebody's job, would harm both.
    private static func checkMetrics(
        _ found: ConfigurationFile, root: String
    ) throws(SetupError) {
        guard let name = found.spec.metrics,
            let folder = MetricsFile.occupiedFolder(
                of: ConfigurationFile.join(root, name), root: root)
        else { return }
        throw SetupError(
            found.mistake(
                of: ["metrics"], "metrics names a file in \(folder), which is for jobs",
                "name one elsewhere, such as Metrics/sluice.prom"), EX_CONFIG)
    }

    private static func localSettings(
        _ configuration: ConfigurationSpec, root: String, worker: String?
    ) throws(SetupError) -> LocalSettings {
        let local: LocalExecutorSpec
        switch configuration.executor {
        case .local(let spec): local = spec
        case .slurm: local = LocalExecutorSpec()
        }
        let program = worker ?? Installation.folder + "/sluice-worker"
        guard let path = realpath(program, nil) else {
            throw SetupError(
                "there is no worker program \(program); build it, or name one with --worker",
                EX_UNAVAILABLE)
        }
        defer { free(path) }
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        return LocalSettings(
            command: [String(cString: path), "serve"], environment: WorkerEnvironment.entries,
            workers: local.workers, threads: local.threads ?? max(1, cores / local.workers),
            device: local.device.rawValue,
            models: folders(configuration.models, "Models", root),
            datasets: folders(configuration.datasets, "Data", root),
            limits: WorkerRequest.Limits(pictures: configuration.picturesPerJob),
            jobsPerWorker: local.jobsPerWorker, jobsPerBatch: local.jobsPerBatch,
            time: configuration.timeLimit,
            memory: local.memory?.bytes ?? 0)
    }

    /// The configured folders, then those that came with the program.
    private static func folders(_ configured: [String], _ name: String, _ root: String) -> [String]
    {
        configured.map { ConfigurationFile.join(root, $0) } + Installation.folders(named: name)
    }
}
