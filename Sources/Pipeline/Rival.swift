import Arrays
import Jobs
import Solvers
import Tensors

/// Another method for the measurements of a job.
struct Rival {
    /// What came of it: pictures, or why there are none.
    typealias Outcome = Result<[RestoredPicture], any Error>

    let job: PreparedJob
    let solver: any DescribedSolver
    /// What the solver chose where it was free to.
    let plan: JSONValue

    /// The method at `index` of `spec`, for the measurements of `first`, the job of its first method.
    ///
    /// - Throws: what a job of that method alone throws, with the name of the method.
    init(
        _ index: Int, of spec: JobSpec, besides first: PreparedJob, _ reader: PictureReader,
        on device: Device, _ shelf: inout ModelShelf
    ) throws {
        do {
            job = try first.restoring(
                spec.restoring(with: index), reader: reader, device: device, shelf: &shelf)
            solver = try Restorer.solver(for: job)
            plan = try job.plan(of: solver)
        } catch let fault as JobFault {
            throw fault.inMethod(index)
        }
    }
}

extension Errand {
    /// What the rivals make of the measurements, one after the other.
    ///
    /// A method that fails is an outcome: the others go on.
    ///
    /// - Throws: what `hear` throws, which ends the work.
    mutating func solveByRivals(hear: (JobStep) throws -> Void) throws -> [Rival.Outcome] {
        guard !rivals.isEmpty else { return [] }
        defer { stages.end("compare") }
        var interruption: (any Error)?
        return try rivals.enumerated().map { place, rival in
            do {
                let results = try Restoration(jobs: [rival.job], solver: rival.solver).run {
                    do {
                        try hear($1.within(turn(place + 1)))
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
