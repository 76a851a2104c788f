import Jobs
import Models
import Solvers
import Tensors

/// Several jobs at a time.
extension Restorer {
    /// Restores the pictures of `orders`, in shared batches where their settings agree.
    ///
    /// A job that cannot be read or written fails alone. When a shared batch cannot be solved, each
    /// of its jobs is solved alone, and fails or not by itself.
    ///
    /// - Parameters:
    ///   - orders: the jobs.
    ///   - hear: told what comes of each order, by its index; its end comes exactly once.
    /// - Throws: what `hear` throws, which ends the work.
    package mutating func restore(
        _ orders: [JobOrder], hear: (Int, JobNews) throws -> Void
    ) throws {
        var errands: [(index: Int, errand: Errand)] = []
        for (index, order) in orders.enumerated() {
            do {
                errands.append((index, try prepared(order)))
            } catch {
                try hear(index, .failed(error))
            }
        }
        while let first = errands.first?.errand {
            let team = errands.filter { $0.errand.isSolvable(with: first) }
            errands.removeAll { $0.errand.isSolvable(with: first) }
            try solve(team.isEmpty ? [errands.removeFirst()] : team, hear)
        }
    }

    private func solve(
        _ team: [(index: Int, errand: Errand)], _ hear: (Int, JobNews) throws -> Void
    ) throws {
        let restoration = Restoration(jobs: team.map(\.errand.job), solver: team[0].errand.solver)
        var interruption: (any Error)?
        let results: [[RestoredPicture]]
        do {
            results = try restoration.run { part, step in
                do {
                    let turn = team[part].errand.turn(0)
                    try hear(team[part].index, .progress(step.within(turn)))
                } catch {
                    interruption = error
                    throw error
                }
            }
        } catch {
            if let interruption { throw interruption }
            guard team.count > 1 else { return try hear(team[0].index, .failed(error)) }
            for member in team { try solve([member], hear) }
            return
        }
        var team = team
        for place in team.indices { team[place].errand.stages.end("solve") }
        var others: [[Rival.Outcome]] = []
        for (place, member) in team.enumerated() {
            let outcomes = try team[place].errand.solveByRivals {
                try hear(member.index, .progress($0))
            }
            others.append(outcomes)
        }
        try publish(team, results, others, hear)
    }

    /// Writes the results of a team, as many side by side as there are threads.
    private func publish(
        _ team: [(index: Int, errand: Errand)], _ results: [[RestoredPicture]],
        _ others: [[Rival.Outcome]], _ hear: (Int, JobNews) throws -> Void
    ) throws {
        let threads = try TorchProcess.threads()
        // Files and their compression keep one processor busy, whatever their number.
        for first in stride(from: 0, to: team.count, by: threads) {
            let places = Array(first..<min(first + threads, team.count))
            let outcomes = try Lanes.map(places) { place in
                Result { try published(team[place].errand, results[place], others[place]) }
            }
            for (place, outcome) in zip(places, outcomes) {
                switch outcome {
                case .success(let outcome): try hear(team[place].index, .finished(outcome))
                case .failure(let error): try hear(team[place].index, .failed(error))
                }
            }
        }
    }
}

extension Errand {
    /// Whether a batch may hold pictures of both jobs.
    fileprivate func isSolvable(with other: Errand) -> Bool {
        guard let kinship, kinship == other.kinship else { return false }
        return order.device == other.order.device
            && job.measurement.shape.dropFirst() == other.job.measurement.shape.dropFirst()
            // Numbers do not tell of how large a picture they are.
            && job.imageShape == other.job.imageShape
            && job.prior?.folder.path == other.job.prior?.folder.path
    }
}
