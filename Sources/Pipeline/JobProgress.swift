/// How far a job is.
package struct JobProgress: Sendable, Equatable {
    /// The first picture of the batch that is being solved.
    package let picture: String
    /// Pictures that are finished, and all of them.
    package let done: Int
    package let count: Int
    /// Pictures that are being solved together.
    package let batch: Int
    /// Iterations of this batch, and all that it will take.
    package let iteration: Int
    package let iterations: Int
    /// Seconds until the job is finished, nil while nobody knows.
    package let secondsLeft: Double?

    package init(
        picture: String, done: Int, count: Int, batch: Int, iteration: Int, iterations: Int,
        secondsLeft: Double?
    ) {
        self.picture = picture
        self.done = done
        self.count = count
        self.batch = batch
        self.iteration = iteration
        self.iterations = iterations
        self.secondsLeft = secondsLeft
    }

    /// How far a job is that restores its pictures with several methods, one after the other: every
    /// picture counts once for each of them.
    func within(_ turn: Turn) -> JobProgress {
        guard turn.count > 1 else { return self }
        return JobProgress(
            picture: "\(picture) (\(turn.title))", done: turn.index * count + done,
            count: turn.count * count, batch: batch, iteration: iteration, iterations: iterations,
            // How long the others take is not known before they are tried.
            secondsLeft: turn.index == turn.count - 1 ? secondsLeft : nil)
    }

    /// The finished part of the job, from 0 to 1.
    package var fraction: Double {
        guard count > 0 else { return 0 }
        let part = iterations > 0 ? Double(iteration) / Double(iterations) : 0
        return min(1, max(0, (Double(done) + part * Double(batch)) / Double(count)))
    }
}
