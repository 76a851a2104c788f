import Images
import Jobs
import Models
import Physics
import Programs
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

    /// The pictures that are solved together.
    var batchSize: Int {
        // Windows have a batch of their own.
        if jobs[0].hasWindows { return 1 }
        // The bits of a result depend on how many share a pass.
        let free = jobs[0].spec.isDeterministic ? nil : FreeMemory().bytes
        return BatchQueue.size(numbers: jobs[0].imageShape.reduce(1, *), freeBytes: free)
    }

    /// Every picture of every job, restored.
    ///
    /// - Throws: what `hear` throws, `SolverError`, `TorchError` or `ImageError`.
    func run(hear: Ear) throws -> [[RestoredPicture]] {
        var queue = BatchQueue(counts: jobs.map(\.pictures.count), size: batchSize)
        var results = Array(repeating: [RestoredPicture](), count: jobs.count)
        let began = ContinuousClock.now
        var done = 0
        while let batch = queue.next() {
            do {
                let restored = try restored(batch, done: done, since: began, hear: hear)
                for (part, pictures) in zip(batch, restored) { results[part.job] += pictures }
                done += restored.reduce(0) { $0 + $1.count }
            } catch {
                if queue.halve(batch, after: error) { continue }
                throw explained(error)
            }
        }
        return results
    }

    /// The error, with what would fit where memory did not suffice for one sample.
    func explained(_ error: any Error) -> any Error {
        guard let cause = error as? TorchError, cause.isOutOfMemory else { return error }
        let (sample, shape) = jobs[0].smallestPart
        return MemoryShortage(
            cause: cause, sample: sample, shape: shape, freeBytes: FreeMemory().bytes)
    }

    /// The pictures of one batch, after `done` of all pictures.
    private func restored(
        _ batch: [BatchPart], done: Int, since began: ContinuousClock.Instant, hear: Ear
    ) throws -> [[RestoredPicture]] {
        let count = jobs.reduce(0) { $0 + $1.pictures.count }
        let size = batch.last?.places.upperBound ?? 0
        return try RestoredBatch(self, batch).run { step in
            let fraction = Double(step.iteration) / Double(max(step.total, 1))
            let share = (Double(done) + fraction * Double(size)) / Double(count)
            let spent = (ContinuousClock.now - began) / .seconds(1)
            let left = share > 0 ? spent / share - spent : nil
            for part in batch {
                let progress = progress(of: part, step, left)
                try hear(
                    part.job,
                    JobStep(progress: progress) { try step.pictures(of: part, atMost: $0) })
            }
        }
    }

    private func progress(
        of part: BatchPart, _ step: Solution.Step, _ secondsLeft: Double?
    ) -> JobProgress {
        let pictures = jobs[part.job].pictures
        return JobProgress(
            picture: pictures[part.range.lowerBound].name, done: part.range.lowerBound,
            count: pictures.count, batch: part.range.count, iteration: step.iteration,
            iterations: step.total, secondsLeft: secondsLeft)
    }
}

extension PreparedJob {
    /// What is worked on alone where memory is short, with channels, height and width.
    fileprivate var smallestPart: (sample: MemoryShortage.Sample, shape: [Int]) {
        if hasWindows, let prior { return (.window, prior.generator.imageShape) }
        if case .langevin = spec.solver { return (.sample, imageShape) }
        return (.picture, imageShape)
    }
}

extension Solution.Step {
    /// The first pictures of a part of the draft, without those that are not finite.
    fileprivate func pictures(of part: BatchPart, atMost most: Int) throws -> [Picture] {
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
