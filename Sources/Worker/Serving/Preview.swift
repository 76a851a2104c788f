import Images
package import Pipeline

/// Keeps a picture of the current estimate in the folder of an attempt, for whoever watches.
///
/// It takes a hundredth of the time at most, and what goes wrong with it harms nothing.
package struct Preview {
    /// Between two pictures, and before the first one: short jobs need none.
    package static let interval = Duration.seconds(1)
    /// Making a picture may take one part in so many of the time.
    private static let share = 100

    private let now: () -> ContinuousClock.Instant
    private let write: ([UInt8]) throws -> Void
    /// How many jobs are solved together, each with a preview.
    private let jobs: Int
    private var due: ContinuousClock.Instant?
    private var hasWarned = false

    /// A preview in `folder`, of one of several `jobs` that are solved together.
    package init(
        _ folder: String, among jobs: Int = 1, now: @escaping () -> ContinuousClock.Instant
    ) {
        self.init(among: jobs, now: now) { try PreviewFile(in: folder).write($0) }
    }

    /// A preview that goes wherever `write` brings it.
    package init(
        among jobs: Int = 1, now: @escaping () -> ContinuousClock.Instant,
        write: @escaping ([UInt8]) throws -> Void
    ) {
        self.jobs = jobs
        self.now = now
        self.write = write
    }

    /// Shows `step` when it is time to.
    ///
    /// - Returns: why that was impossible, the first time that it was.
    package mutating func offer(_ step: JobStep) -> String? {
        let began = now()
        guard let due else {
            due = began + Self.interval
            return nil
        }
        guard began >= due else { return nil }
        defer {
            let ended = now()
            self.due = ended + max(Self.interval, (ended - began) * (Self.share * jobs - 1))
        }
        do {
            try show(step)
            return nil
        } catch {
            defer { hasWarned = true }
            return hasWarned ? nil : "there is no live picture: \(error)"
        }
    }

    private func show(_ step: JobStep) throws {
        let pictures = try step.pictures(atMost: PreviewSheet.most)
        guard !pictures.isEmpty else { return }
        try write(PreviewSheet(pictures).picture.png(name: "live picture"))
    }
}
