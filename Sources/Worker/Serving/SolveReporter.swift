import Jobs
import Pipeline

/// Tells the daemon how far one job is: not too often, but every picture at least once.
struct SolveReporter {
    /// Between two events about the same picture.
    static let interval = Duration.milliseconds(250)

    private let request: Int
    private let events: EventWriter
    private let now: () -> ContinuousClock.Instant
    private var hasStarted = false
    private var last: (time: ContinuousClock.Instant, picture: String)?
    private var pace = Pace()

    init(
        request: Int, events: EventWriter, now: @escaping () -> ContinuousClock.Instant
    ) {
        self.request = request
        self.events = events
        self.now = now
    }

    /// Says once that the job is read and has so many pictures.
    ///
    /// - Throws: what sending throws.
    mutating func start(pictures: Int) throws {
        guard !hasStarted else { return }
        hasStarted = true
        try events.send(.started(.init(request: request, pictures: pictures)))
    }

    /// Passes `progress` on when it is time to.
    ///
    /// - Throws: what sending throws.
    mutating func report(_ progress: JobProgress) throws {
        try start(pictures: progress.count)
        let time = now()
        let rate = pace.rate(after: progress, at: time)
        if let last, last.picture == progress.picture, time - last.time < Self.interval { return }
        last = (time, progress.picture)
        try events.send(
            .progress(
                .init(
                    request: request, picture: progress.picture, done: progress.done,
                    of: progress.count, batch: progress.batch, iteration: progress.iteration,
                    iterations: progress.iterations, rate: rate,
                    // A number that JSON cannot say would end the conversation.
                    secondsLeft: progress.secondsLeft.flatMap { $0.isFinite ? $0 : nil })))
    }
}
