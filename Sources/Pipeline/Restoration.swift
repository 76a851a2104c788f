import Images
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
    typealias Ear = (Int, JobStep) throws -> Void

    /// Pictures of one job in a batch.
    struct Part {
        let job: Int
        let range: Range<Int>
        /// Where they lie in the batch.
        let places: Range<Int>
    }

    /// The pictures that are solved together: as many as keep a batch small in memory.
    var batchSize: Int {
        let dimensions = jobs[0].imageShape.reduce(1, *)
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
            let restored = try RestoredBatch(self, batch).run { step in
                let fraction = Double(step.iteration) / Double(max(step.total, 1))
                let share = (Double(done) + fraction * Double(size)) / Double(count)
                let spent = (clock.now - began) / .seconds(1)
                let left = share > 0 ? spent / share - spent : nil
                for part in batch {
                    let progress = progress(of: part, step, left)
                    try hear(
                        part.job,
                        JobStep(progress: progress) { try step.pictures(of: part, atMost: $0) })
                }
            }
            for (part, pictures) in zip(batch, restored) { results[part.job] += pictures }
            done += size
        }
        return results
    }

    private func progress(
        of part: Part, _ step: Solution.Step, _ secondsLeft: Double?
    ) -> JobProgress {
        let pictures = jobs[part.job].pictures
        return JobProgress(
            picture: pictures[part.range.lowerBound].name, done: part.range.lowerBound,
            count: pictures.count, batch: part.range.count, iteration: step.iteration,
            iterations: step.total, secondsLeft: secondsLeft)
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

extension Solution.Step {
    /// The first pictures of a part of the draft, without those that are not finite.
    fileprivate func pictures(of part: Restoration.Part, atMost most: Int) throws -> [Picture] {
        try part.places.prefix(most).compactMap { place in
            let values = try draft.element(place).hostArray()
            do throws(ImageError) {
                return try Picture(floats: values)
            } catch {
                guard case .notANumber = error.reason else { throw error }
                return nil
            }
        }
    }
}
