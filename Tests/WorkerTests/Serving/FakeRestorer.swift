import Arrays
import FoundationEssentials
import Images
import Pipeline
import Reports
import Worker

/// A restorer that does what a test wants.
struct FakeRestorer: Restoring {
    var behaviour: (JobOrder, (JobStep) throws -> Void) throws -> JobOutcome

    mutating func restore(
        _ order: JobOrder, progress: (JobStep) throws -> Void
    ) throws -> JobOutcome {
        try behaviour(order, progress)
    }

    mutating func restore(
        _ orders: [JobOrder], hear: (Int, JobNews) throws -> Void
    ) throws {
        for (index, order) in orders.enumerated() {
            switch Result(catching: { try behaviour(order) { try hear(index, .progress($0)) } }) {
            case .success(let outcome): try hear(index, .finished(outcome))
            case .failure(let error): try hear(index, .failed(error))
            }
        }
    }
}

extension JobOutcome {
    /// The outcome of a job with these files and no numbers.
    static func empty(_ order: JobOrder, _ files: [File] = []) -> JobOutcome {
        let run = RunFacts(
            started: Date(timeIntervalSince1970: 0), finished: Date(timeIntervalSince1970: 2),
            seconds: 2, device: "cpu", threads: 1, seed: 0, software: [])
        let report = Report(
            job: JobIdentity(name: order.name, id: order.id), run: run, model: nil,
            settings: .object([]), images: [], warnings: ["a warning"])
        return JobOutcome(report: report, model: "Models/tiny", files: files)
    }
}

extension JobStep {
    /// Iteration `iteration` of ten, for two pictures at a time.
    static func step(
        _ picture: String, done: Int = 0, iteration: Int,
        pictures: @escaping () throws -> [Picture] = { [] }
    ) -> JobStep {
        let progress = JobProgress(
            picture: picture, done: done, count: 4, batch: 2, iteration: iteration,
            iterations: 10, secondsLeft: .infinity)
        return JobStep(progress: progress) { most in Array(try pictures().prefix(most)) }
    }
}
