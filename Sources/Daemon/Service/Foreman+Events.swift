import Jobs
import Logging

/// What the foreman makes of what it hears.
extension Foreman {
    /// - Throws: ``DaemonError`` when the daemon cannot go on.
    func handle(
        _ wake: Wake, _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws {
        switch wake {
        case .alarm: mustLook = true
        case .timer:
            apply(.tick, &group)
            probeNext(&group)
        case .asked(let wishes, let looks):
            if let wishes { grant(wishes, &group) }
            if !looks { endLook(next: nil) }
        case .admitted(let result): try admitted(result, &group)
        case .advanced(let id, .success(let record)): advanced(id, record, &group)
        case .advanced(let id, .failure(let error)), .notBegun(let id, let error):
            logger.error("step failed", metadata: ["id": "\(id)", "error": "\(error)"])
            apply(.stalled(id: id, "\(error)"), &group)
            board.touch()
        case .progressed(let id, let progress): board.note(progress, of: id)
        case .noted(let notes): board.notes = notes
        case .ended(let record):
            unwritten.remove(record.id)
            board.note(record)
            apply(.ended(record), &group)
        case .unwritten(let id): unwritten.insert(id)
        case .probed(let slice, let answer): probed(slice, answer, &group)
        case .statusWritten: isWritingStatus = false
        case .metricsWritten(let error): metricsWritten(error)
        case .hookEnded: hooks.end()
        case .drain: drain(&group)
        case .abort: abort(&group)
        }
    }

    private func admitted(
        _ result: Result<Admission, DaemonError>,
        _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) throws {
        switch result {
        case .success(let admission): admitted(admission, &group)
        case .failure(let error):
            if error.isFailedSync { throw error }
            if board.inboxProblem == nil {
                logger.error("inbox unreadable", metadata: ["error": "\(error)"])
            }
            board.inboxProblem = "\(error)"
            endLook(next: timekeeper.now() + settings.poll)
        }
    }

    /// Says when the next look is due, apart from those that come anyway.
    private func endLook(next: Duration?) {
        isLooking = false
        // A look at thousands of files takes a while; the rest of the daemon needs its turn.
        let now = timekeeper.now()
        lookNotBefore = now + min((now - lastLook) * 3, .seconds(2))
        nextLook = next
        // A worker that is just being asked to begin does not hear that its job is cancelled.
        if granting.contains(where: { $0.kind == .cancel }) {
            nextLook = min(next ?? .seconds(1 << 40), now + .seconds(1))
        }
    }

    private func admitted(
        _ admission: Admission, _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) {
        let known = self.admission
        self.admission = admission
        // What came there between the look and now rings for nobody.
        if alarm.watch(admission.review.folders) { mustLook = true }
        board.inboxProblem = nil
        board.note(admission)
        var next = admission.review.nextLook(after: timekeeper.now())
        if !admission.problems.isEmpty || admission.isCrowded {
            next = min(next ?? .seconds(1 << 40), timekeeper.now() + settings.poll)
        }
        endLook(next: next)
        tell(admission, besides: known)
        for result in admission.owedHooks { hooks.add(result) }
        for record in admission.found {
            noteFound(record)
            arrive(record, "job found", &group)
        }
        for record in admission.accepted { arrive(record, "job accepted", &group) }
        probes.note(admission.review.probes)
        probeNext(&group)
    }

    /// Logs what was not known from the last look.
    private func tell(_ admission: Admission, besides known: Admission?) {
        for problem in admission.problems where known?.problems.contains(problem) != true {
            logger.error("not accepted", metadata: ["error": "\(problem)"])
        }
        for problem in admission.unread where known?.unread.contains(problem) != true {
            logger.error("not read", metadata: ["error": "\(problem)"])
        }
        for obstacle in Set(admission.obstacles).subtracting(known?.obstacles ?? []).sorted() {
            logger.warning("not removed", metadata: ["error": "\(obstacle)"])
        }
        for name in admission.removed {
            logger.info("removed for its age", metadata: ["result": "\(name)"])
        }
    }

    /// Notes what an earlier daemon has left of a job that has its result already.
    ///
    /// That daemon may have run its hook and counted it, or not; better twice than never.
    func noteFound(_ record: JobRecord) {
        guard case .done(let result) = record.state else { return }
        noteResult(record)
        board.note(record)
        metrics.notePublication(of: record, hasFailed: ResultName.isFailure(result), date: nil)
    }

    private func arrive(
        _ record: JobRecord, _ event: Logger.Message,
        _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) {
        log(event, record)
        board.touch()
        let isCancelled = granting.contains(JobWish(.cancel, record.id))
        apply(.arrived(record, isCancelled: isCancelled), &group)
    }

    /// Does what users ask of jobs, again and again until it is done.
    private func grant(
        _ wishes: [JobWish], _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) {
        for wish in wishes {
            if !granting.contains(wish) {
                logger.info("asked to \(wish.kind.rawValue)", metadata: ["id": "\(wish.id)"])
            }
            apply(.wished(wish), &group)
            board.touch()
            guard wish.kind == .retry else { continue }
            group.addTask { [keeper] in
                // A wish that cannot be removed is granted once more, which does no harm.
                try? await keeper.forget(wish)
            }
        }
        granting = Set(wishes)
    }

    /// Probes what the last look found, without another look in between.
    private func probeNext(_ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        let now = timekeeper.now()
        guard now >= probeNotBefore, !scheduler.isDraining else { return }
        while let slice = probes.next(at: now) { probe(slice, &group) }
    }

    private func probed(
        _ slice: ProbeSlice, _ answer: ProbeAnswer,
        _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) {
        probes.end(slice, answer)
        if slice.whole(answer) != nil { mustLook = true }
        board.probeProblem = nil
        switch answer {
        case .unavailable(let reason) where !scheduler.isDraining:
            // No worker becomes ready, for whomever it is: all have to wait.
            probes.clear()
            failedProbes += 1
            tellUnchecked(slice, reason)
            board.probeProblem = reason
            probeNotBefore = timekeeper.now() + .seconds(2)
        case .killed(let reason):
            failedProbes = 0
            tellUnchecked(slice, reason)
            probeNext(&group)
        case .bad, .crashed, .unavailable:
            failedProbes = 0
            probeNext(&group)
        }
    }

    private func tellUnchecked(_ slice: ProbeSlice, _ reason: String) {
        logger.warning(
            "pictures not checked",
            metadata: ["job": "\(slice.request.submission.jobName)", "reason": "\(reason)"])
    }

    private func advanced(
        _ id: String, _ record: JobRecord?,
        _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) {
        if let record {
            var facts: Logger.Metadata = [:]
            if record.isPostponed, let failure = record.lastFailure {
                facts["reason"] = "\(failure)"
            }
            log("job \(record.state.kind.rawValue)", record, facts)
            board.note(record)
            noteResult(record)
        } else {
            board.forget(id)
            mustLook = true
        }
        apply(.advanced(id: id, record), &group)
    }

    private func drain(_ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        guard !scheduler.isDraining else { return abort(&group) }
        logger.info("draining", metadata: ["seconds": "\(settings.drain.components.seconds)"])
        board.activity = .draining
        apply(.drain, &group)
        if settings.leavesJobs { group.addTask { [executor] in await executor.stop() } }
        group.addTask { [timekeeper, settings, mailbox] in
            // The sleep fails only when the daemon has ended.
            guard (try? await timekeeper.sleep(settings.drain)) != nil else { return }
            mailbox.yield(.abort)
        }
    }

    private func abort(_ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        guard !hasAborted else { return }
        hasAborted = true
        group.addTask { [executor, listeners] in
            await listeners.hooks?.stop()
            await executor.stop()
        }
    }
}
