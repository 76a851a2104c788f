import Jobs
import Logging

/// The file of numbers; nothing without one.
extension Foreman {
    /// Counts what `wake` says.
    func count(_ wake: Wake) {
        let now = timekeeper.now()
        switch wake {
        case .admitted(.success(let admission)): metrics.note(admission, at: now)
        case .ended(let record): metrics.noteEnd(record, at: now)
        case .advanced(_, .success(let record?)):
            guard case .done(let result) = record.state else { return metrics.touch() }
            metrics.notePublication(
                of: record, hasFailed: ResultName.isFailure(result),
                date: timekeeper.date())
        case .admitted, .advanced, .notBegun, .drain, .abort: metrics.touch()
        case .alarm, .timer, .asked, .progressed, .noted, .unwritten, .probed, .statusWritten,
            .metricsWritten,
            .hookEnded:
            break
        }
    }

    /// Has the numbers written when they are due, which nobody waits for.
    func publishMetrics() {
        guard let file = listeners.metrics, !isWritingMetrics,
            timekeeper.now() >= metrics.nextWrite
        else { return }
        isWritingMetrics = true
        file.write(metricsText()) { [mailbox] in mailbox.yield(.metricsWritten($0)) }
    }

    func metricsWritten(_ error: DaemonError?) {
        isWritingMetrics = false
        guard error != metricsProblem else { return }
        metricsProblem = error
        // Said once, and not again until something changes.
        if let error {
            logger.warning("metrics not written", metadata: ["error": "\(error)"])
        } else {
            logger.info("metrics written again")
        }
    }

    /// Writes the numbers a last time; a disk that hangs keeps nobody from ending.
    func writeLastMetrics() async {
        guard let file = listeners.metrics else { return }
        let (ends, ended) = AsyncStream.makeStream(of: Void.self)
        file.write(metricsText()) { _ in ended.yield() }
        // Unstructured, because the writing usually comes first.
        let limit = Task { [timekeeper] in
            try await timekeeper.sleep(.seconds(2))
            ended.yield()
        }
        for await _ in ends { break }
        limit.cancel()
    }

    private func metricsText() -> String {
        let moment = Metrics.Moment(
            now: timekeeper.now(), date: timekeeper.date(), started: board.started)
        metrics.noteWriting(at: moment.now)
        return metrics.text(scheduler, listeners.tally, at: moment)
    }
}
