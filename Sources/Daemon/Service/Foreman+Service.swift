import Jobs
import Logging

/// What the service manager hears; nothing without one.
extension Foreman {
    /// Recovers; a service manager that waits is told that this takes its time.
    ///
    /// - Throws: ``DaemonError`` when the daemon cannot begin.
    func recovered() async throws -> [JobRecord] {
        guard listeners.service != nil else { return try await keeper.recover() }
        // Unstructured, because it ends with the recovery and not by itself.
        let asking = Task { [self] in
            let most = Int(settings.standstill / ServiceNotices.extensionPause)
            for _ in 0..<most {
                try await timekeeper.sleep(ServiceNotices.extensionPause)
                tell(["STATUS=looking after the jobs of the last start", ServiceNotices.extended])
            }
        }
        defer { asking.cancel() }
        return try await keeper.recover()
    }

    /// Tells what is due, which counts as a sign of life: it is called only when the foreman has
    /// heard of something and has had done what follows from it.
    func notifyService() {
        guard listeners.service != nil else { return }
        let now = timekeeper.now()
        let isStuck = isLooking && now - max(lastAnswer, lastLook) > settings.standstill
        let state = ServiceNotices.State(
            isReady: hasLooked, isEnding: scheduler.isDraining, isStuck: isStuck)
        tell(notices.assignments(state, at: now, sentence: board.sentence(scheduler)))
    }

    /// Notes that the keeper has done something, when `wake` says so.
    func noteAnswer(_ wake: Wake) {
        switch wake {
        case .admitted:
            hasLooked = true
            lastAnswer = timekeeper.now()
        case .asked, .advanced, .notBegun, .ended, .unwritten, .statusWritten:
            lastAnswer = timekeeper.now()
        case .alarm, .timer, .progressed, .noted, .probed, .metricsWritten, .hookEnded, .drain,
            .abort:
            break
        }
    }

    /// Tells that the daemon ends, in case nobody has heard of it yet.
    func notifyEnd() {
        tell(["STOPPING=1", "STATUS=stopped"])
    }

    private nonisolated func tell(_ assignments: [String]) {
        do throws(DaemonError) {
            try listeners.service?.send(assignments)
        } catch {
            logger.warning("service manager not told", metadata: ["error": "\(error)"])
        }
    }
}
