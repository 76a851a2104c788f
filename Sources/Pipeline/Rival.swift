import Programs
import Solvers

/// Another method for the measurements of a job.
struct Rival {
    /// What came of it: pictures, or why there are none.
    typealias Outcome = Result<[RestoredPicture], any Error>

    let job: PreparedJob
    let solver: any DescribedSolver

    /// - Throws: what `Restorer.solver(for:)` throws.
    init(_ job: PreparedJob) throws {
        self.job = job
        solver = try Restorer.solver(for: job)
    }
}

extension Errand {
    /// What the rivals make of the measurements, one after the other.
    ///
    /// A method that fails is an outcome: the others go on.
    ///
    /// - Throws: what `hear` throws, which ends the work.
    func solvedByRivals(hear: (JobStep) throws -> Void) throws -> [Rival.Outcome] {
        var interruption: (any Error)?
        return try rivals.enumerated().map { place, rival in
            do {
                let results = try Restoration(jobs: [rival.job], solver: rival.solver).run {
                    do {
                        try hear($1.inTurn(place + 1, of: rivals.count + 1))
                    } catch {
                        interruption = error
                        throw error
                    }
                }
                return .success(results[0])
            } catch {
                if let interruption { throw interruption }
                return .failure(error)
            }
        }
    }
}
