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
        for (member, pictures) in zip(team, results) {
            var errand = member.errand
            let others = try errand.solveByRivals { try hear(member.index, .progress($0)) }
            let outcome = Result { try published(errand, pictures, others) }
            switch outcome {
            case .success(let outcome): try hear(member.index, .finished(outcome))
            case .failure(let error): try hear(member.index, .failed(error))
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
