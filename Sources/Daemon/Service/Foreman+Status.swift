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

    /// What keeps the jobs that are left, one reason a line.
    var reasonsToWait: [String] {
        let status = currentStatus()
        let space = board.hasRoom ? [] : ["nothing is accepted until there is room on the disk"]
        let submitted = status.waiting.map {
            "\($0.name) waits for \($0.waitsFor.joined(separator: ", "))"
        }
        let accepted = status.queue.map { "\($0.name) waits: \($0.waitsFor ?? "its turn comes")" }
        let ended = status.running.filter { unwritten.contains($0.id) }.map {
            "\($0.name) waits: how its attempt ended cannot be written down"
        }
        return status.warnings + space + submitted + accepted + ended
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
