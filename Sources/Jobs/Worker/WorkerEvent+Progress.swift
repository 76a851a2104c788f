extension WorkerEvent {
    /// How far a job has come.
    package struct Progress: Codable, Equatable, Sendable {
        package var request: Int
        /// The picture that is being restored.
        package var picture: String
        /// Pictures that are finished.
        package var done: Int
        /// Pictures in all.
        package var of: Int
        /// Pictures that are being restored together; one when it is left out.
        package var batch: Int?
        /// Iterations done for this picture or its batch.
        package var iteration: Int
        package var iterations: Int
        /// Iterations a second; nil while nobody knows.
        package var rate: Double?
        /// Seconds until the whole job is expected to end.
        package var secondsLeft: Double?

        package init(
            request: Int, picture: String, done: Int, of: Int, batch: Int? = nil, iteration: Int,
            iterations: Int, rate: Double? = nil, secondsLeft: Double?
        ) {
            self.request = request
            self.picture = picture
            self.done = done
            self.of = of
            self.batch = batch
            self.iteration = iteration
            self.iterations = iterations
            self.rate = rate
            self.secondsLeft = secondsLeft
        }

        /// The finished part of the job, between 0 and 1.
        package var fraction: Double {
            guard of > 0 else { return 0 }
            let current = iterations > 0 ? Double(iteration) / Double(iterations) : 0
            let share = current * Double(batch ?? 1)
            return min(1, max(0, (Double(done) + share) / Double(of)))
        }
    }
}
