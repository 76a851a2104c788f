import Jobs

/// What becomes of submissions that are ready.
extension Keeper {
    /// So many submissions are taken at one look: on some disks each takes many milliseconds.
    private static let mostAccepted = 500

    /// Takes what is ready, as long as there is room for copies of its files; what has more than
    /// `most`, which an empty disk would not have room for, is taken to fail.
    func take(
        _ admission: inout Admission, room: Int, atMost most: Int
    ) throws(DaemonError) {
        var room = room
        for index in admission.review.decisions.indices {
            let decision = admission.review.decisions[index]
            if decision.verdict == .complete {
                admission.review.decisions[index].obstacle =
                    decision.bytes > room ? decision.roomNeeded : refusals[decision.submission]
            }
            guard case .accept(var failure) = decision.verdict else { continue }
            guard admission.accepted.count < Self.mostAccepted else {
                // What goes on meanwhile has its turn in between.
                admission.review.decisions[index].verdict = .complete
                admission.review.isUnfinished = true
                continue
            }
            if failure == nil, decision.bytes > most {
                failure = .oversized(decision.bytes, room: most)
            }
            // One that fails must end all the same; what has no room then stays in the Inbox.
            let bytes = failure == nil ? decision.bytes : 0
            guard bytes == 0 || bytes <= room else {
                admission.review.decisions[index].obstacle = decision.roomNeeded
                continue
            }
            refusals[decision.submission] = nil
            do throws(DaemonError) {
                let record = try spool.accept(
                    decision.submission, failure: failure, judged: decision.jobFile)
                guard let record else { continue }
                admission.accepted.append(record)
                promised[record.id] = bytes
                room -= bytes
            } catch {
                if error.isFailedSync { throw error }
                admission.problems.append("\(error)")
                refusals[decision.submission] = "\(error)"
            }
        }
        let present = Set(admission.review.decisions.map(\.submission))
        refusals = refusals.filter { present.contains($0.key) }
    }
}
