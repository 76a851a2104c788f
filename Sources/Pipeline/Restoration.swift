import Models
import Physics
import Reports
import Solvers
import Tensors

/// Solves prepared jobs in batches and compares the results with the truth where it is known.
///
/// The jobs agree in everything but their pictures, so that batches may hold pictures of several.
struct Restoration {
    let jobs: [PreparedJob]
    let solver: any Solver

    /// Told how far each job is, by its index.
    typealias Ear = (Int, JobProgress) throws -> Void

    /// Pictures of one job in a batch.
    struct Part {
        let job: Int
        let range: Range<Int>
        /// Where they lie in the batch.
        let places: Range<Int>
    }

    /// The pictures that are solved together: as many as keep a batch small in memory.
    var batchSize: Int {
        let dimensions = jobs[0].prior.flow.dimensions
        return max(1, min(64, 400_000 / max(dimensions, 1)))
    }

    /// Every picture of every job, restored.
    ///
    /// - Throws: what `hear` throws, `SolverError`, `TorchError` or `ImageError`.
    func run(hear: Ear) throws -> [[RestoredPicture]] {
        let clock = ContinuousClock()
        let began = clock.now
        let batches = batches
        let count = jobs.reduce(0) { $0 + $1.pictures.count }
        var done = 0
        var results = Array(repeating: [RestoredPicture](), count: jobs.count)
        for batch in batches {
            let size = batch.last?.places.upperBound ?? 0
            let restored = try RestoredBatch(self, batch).run { iteration, iterations in
                let part = Double(iteration) / Double(max(iterations, 1))
                let share = (Double(done) + part * Double(size)) / Double(count)
                let spent = (clock.now - began) / .seconds(1)
                let left = share > 0 ? spent / share - spent : nil
                for part in batch {
                    try hear(part.job, progress(of: part, iteration, iterations, left))
                }
            }
            for (part, pictures) in zip(batch, restored) { results[part.job] += pictures }
            done += size
        }
        return results
    }

    private func progress(
        of part: Part, _ iteration: Int, _ iterations: Int, _ secondsLeft: Double?
    ) -> JobProgress {
        let pictures = jobs[part.job].pictures
        return JobProgress(
            picture: pictures[part.range.lowerBound].name, done: part.range.lowerBound,
            count: pictures.count, batch: part.range.count, iteration: iteration,
            iterations: iterations, secondsLeft: secondsLeft)
    }

    /// All pictures of all jobs, one job after the other.
    private var batches: [[Part]] {
        var batches: [[Part]] = []
        var batch: [Part] = []
        var filled = 0
        for (job, prepared) in jobs.enumerated() {
            var next = 0
            while next < prepared.pictures.count {
                let end = min(prepared.pictures.count, next + batchSize - filled)
                batch.append(
                    Part(job: job, range: next..<end, places: filled..<filled + end - next))
                filled += end - next
                next = end
                guard filled == batchSize else { continue }
                batches.append(batch)
                (batch, filled) = ([], 0)
            }
        }
        return batch.isEmpty ? batches : batches + [batch]
    }
}
