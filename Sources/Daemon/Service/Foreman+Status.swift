import Jobs
import Logging

extension Foreman {
    /// Has the status written when something has changed, at most once a second.
    func publishStatus(_ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        let now = timekeeper.now()
        guard !isWritingStatus, let due = board.nextWrite, now >= due else { return }
        isWritingStatus = true
        let status = currentStatus()
        group.addTask { [self, mailbox] in
            await write(status)
            mailbox.yield(.statusWritten)
        }
    }

    /// Writes the status a last time.
    func writeLastStatus() async {
        board.activity = .stopped
        await write(currentStatus())
    }

    private func currentStatus() -> StatusDocument {
        board.document(
            scheduler, watching: alarm.mode.text, updated: timekeeper.date(),
            now: timekeeper.now())
    }

    private nonisolated func write(_ status: StatusDocument) async {
        do {
            try await keeper.write(status)
        } catch {
            // Jobs go on without it; the next change writes it again.
            logger.warning("status not written", metadata: ["error": "\(error)"])
        }
    }
}
