import CSystem
import Glibc
package import Logging

/// Runs the administrator's programs, each for so long as it may take and no longer.
package actor Hooks {
    package nonisolated let settings: HookSettings
    private let timekeeper: Timekeeper
    private let logger: Logger
    private let tally: Tally
    private var running: [ObjectIdentifier: WorkerProcess] = [:]
    private var isStopping = false

    package init(
        _ settings: HookSettings, timekeeper: Timekeeper, logger: Logger, tally: Tally = Tally()
    ) {
        self.settings = settings
        self.timekeeper = timekeeper
        self.logger = logger
        self.tally = tally
    }

    /// Runs the program for a result, with the folder of the result as its only argument.
    ///
    /// Nothing comes of a failure but a line in the log.
    ///
    /// - Returns: false when it did not come to its end because the daemon ends.
    package func run(for directory: String, hasFailed: Bool) async -> Bool {
        guard let program = settings.program(hasFailed: hasFailed) else { return true }
        guard !isStopping else { return false }
        tally.add(.hook)
        let end = await end(of: program, directory)
        let facts: Logger.Metadata = ["hook": "\(program)", "result": "\(directory)"]
        guard let problem = end.problem else {
            logger.info("hook ended", metadata: facts)
            return true
        }
        tally.add(.failedHook)
        logger.warning(
            "hook failed",
            metadata: facts.merging(["reason": "\(problem)", "output": "\(end.output)"]) { $1 })
        return !isStopping
    }

    /// Ends the programs that are running, and starts no more.
    package func stop() {
        isStopping = true
        for process in running.values { process.signal(SIGKILL) }
    }

    private func end(of program: String, _ directory: String) async -> HookEnd {
        let process = WorkerProcess(
            command: [program, directory], environment: settings.environment,
            limits: csys_limits(), isAsked: false)
        running[ObjectIdentifier(process)] = process
        defer { running[ObjectIdentifier(process)] = nil }
        // Unstructured, because it is over as soon as the program has ended.
        let limit = Task { [timekeeper, settings] in
            try await timekeeper.sleep(settings.timeLimit)
            // More than once: a program that is still being started cannot be killed yet.
            while !Task.isCancelled {
                process.signal(SIGKILL)
                try await timekeeper.sleep(.milliseconds(200))
            }
        }
        let start = timekeeper.now()
        let end = await HookEnd(of: process)
        limit.cancel()
        let isLate = timekeeper.now() - start >= settings.timeLimit
        return isLate && end.wasKilled ? end.late(settings.timeLimit) : end
    }
}
