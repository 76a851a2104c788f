import Images
package import Pipeline

/// Keeps a picture of the current estimate in the folder of an attempt, for whoever watches.
///
/// It takes a hundredth of the time at most, and what goes wrong with it harms nothing.
package struct Preview {
    /// Between two pictures, and before the first one: short jobs need none.
    package static let interval = Duration.seconds(1)
    /// The pauses are so many times as long as making a picture.
    private static let pauses = 99

    private let now: () -> ContinuousClock.Instant
    private let write: ([UInt8]) throws -> Void
    private var due: ContinuousClock.Instant?
    private var hasWarned = false

    /// A preview in `folder`.
    package init(_ folder: String, now: @escaping () -> ContinuousClock.Instant) {
        self.init(now: now) { try PreviewFile(in: folder).write($0) }
    }

    /// A preview that goes wherever `write` brings it.
    package init(
        now: @escaping () -> ContinuousClock.Instant, write: @escaping ([UInt8]) throws -> Void
    ) {
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
            self.due = ended + max(Self.interval, (ended - began) * Self.pauses)
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
