import Jobs
import Logging

/// What the foreman has done by others; each task reports back with one wake.
extension Foreman {
    func cancel(_ record: JobRecord, _ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        step(record, &group) { (keeper) throws(DaemonError) in try await keeper.cancel(record) }
    }

    func advance(_ record: JobRecord, _ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        step(record, &group) { (keeper) throws(DaemonError) in try await keeper.advance(record) }
    }

    private func step(
        _ record: JobRecord, _ group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ step: @escaping @Sendable (Keeper) async throws(DaemonError) -> JobRecord?
    ) {
        group.addTask { [keeper, mailbox] in
            let result: Result<JobRecord?, DaemonError>
            do throws(DaemonError) {
                result = .success(try await step(keeper))
            } catch {
                result = .failure(error)
            }
            mailbox.yield(.advanced(id: record.id, result))
        }
    }

    /// Begins attempts at `records`, all in one worker.
    func start(_ records: [JobRecord], _ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        for record in records { metrics.noteStart(of: record.id, at: timekeeper.now()) }
        group.addTask { [self] in
            let begun = await begin(records)
            if !begun.isEmpty { await run(begun) }
        }
    }

    /// Writes down that attempts begin.
    ///
    /// - Returns: the jobs of which that is certain.
    private nonisolated func begin(_ records: [JobRecord]) async -> [JobRecord] {
        var begun: [JobRecord] = []
        for record in records {
            do throws(DaemonError) {
                let next = try await keeper.begin(record)
                var facts: Logger.Metadata = ["attempt": "\(next.attempts)"]
                if records.count > 1 { facts["together"] = "\(records.count)" }
                log("attempt started", next, facts)
                begun.append(next)
            } catch {
                mailbox.yield(.notBegun(id: record.id, error))
            }
        }
        return begun
    }

    /// Runs jobs in one worker, and writes each outcome down as soon as it is known.
    private nonisolated func run(_ records: [JobRecord]) async {
        let (reports, pen) = AsyncStream.makeStream(of: (JobRecord, AttemptReport).self)
        let attempts = records.map(attempt)
        async let running: Void = {
            await executor.run(attempts) { [mailbox] index, news in
                switch news {
                case .progress(let event):
                    mailbox.yield(.progressed(id: records[index].id, event))
                case .ended(let report): pen.yield((records[index], report))
                }
            }
            pen.finish()
        }()
        await withDiscardingTaskGroup { group in
            for await (record, report) in reports {
                // One that cannot be written holds up no other.
                group.addTask { [self] in await writeDown(report, of: record) }
            }
        }
        await running
    }

    /// Writes the outcome of an attempt down; while that fails, its slot stays taken.
    ///
    /// When the daemon ends before, because the time for ending is over or because it is killed, the
    /// attempt counts as interrupted after the next start.
    private nonisolated func writeDown(_ report: AttemptReport, of record: JobRecord) async {
        var report = report
        var isVerified = false
        var failures = 0
        while !Task.isCancelled {
            do {
                if !isVerified {
                    report.outcome = try await keeper.verified(report.outcome, of: record)
                    isVerified = true
                }
                let next = try await keeper.end(record, report)
                var facts: Logger.Metadata = ["outcome": "\(report.outcome.word)"]
                if let failure = report.outcome.failure { facts["reason"] = "\(failure)" }
                log("attempt ended", next, facts)
                mailbox.yield(.ended(next))
                return
            } catch {
                failures += 1
                logger.error(
                    "outcome not written", metadata: ["job": "\(record.id)", "error": "\(error)"])
                mailbox.yield(.unwritten(id: record.id))
                // The sleep fails only when the daemon is ending.
                try? await timekeeper.sleep(.seconds(min(failures * 2, 30)))
            }
        }
    }

    /// Looks at what users ask, and at the Inbox, when it is time to.
    func look(_ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        let now = timekeeper.now()
        let pause = alarm.mode == .inotify ? settings.rescan : settings.poll
        let isDue = mustLook || now >= lastLook + pause || nextLook.map { now >= $0 } == true
        guard isDue, now >= lookNotBefore, !isLooking else { return }
        isLooking = true
        mustLook = false
        lastLook = now
        let looks = !scheduler.isDraining
        group.addTask { [keeper, mailbox, settings] in
            // Whatever becomes of the look: who cancels a job does not wait for the Inbox.
            mailbox.yield(.asked(await keeper.wishes(), looks: looks))
            guard looks else { return }
            let result: Result<Admission, DaemonError>
            do throws(DaemonError) {
                result = .success(
                    try await keeper.admit(at: now, mayAccept: true, reserve: settings.reserve))
            } catch {
                result = .failure(error)
            }
            mailbox.yield(.admitted(result))
        }
    }

    /// Has some pictures of a submission decoded.
    func probe(_ slice: ProbeSlice, _ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        let directory = "\(root)/\(Layout.inbox)"
        group.addTask { [executor, mailbox, keeper] in
            let answer = await executor.probe(directory: directory, pictures: slice.paths)
            if let whole = slice.whole(answer) { await keeper.remember(whole, of: slice.request) }
            mailbox.yield(.probed(slice, answer))
        }
    }

    private nonisolated func attempt(_ record: JobRecord) -> Attempt {
        Attempt(
            job: record.name, id: record.id, number: record.attempts,
            jobFile: "\(root)/\(Layout.jobFile(record.id))",
            inputs: "\(root)/\(Layout.inputs(record.id))",
            output: "\(root)/\(Layout.run(record.id, record.attempts))",
            log: "\(root)/\(Layout.live(record.id))")
    }

    nonisolated func log(
        _ event: Logger.Message, _ record: JobRecord, _ facts: Logger.Metadata = [:]
    ) {
        let identity: Logger.Metadata = ["job": "\(record.name)", "id": "\(record.id)"]
        logger.info(event, metadata: identity.merging(facts) { $1 })
    }
}
