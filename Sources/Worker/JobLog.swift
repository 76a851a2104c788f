import Jobs
import Pipeline
import Reports

/// The plain lines that become a job's `log.txt`, with the seconds since its beginning.
struct JobLog {
    private let write: (String) -> Void
    private let now: () -> ContinuousClock.Instant
    private let start: ContinuousClock.Instant
    private var done: Int?

    init(
        write: @escaping (String) -> Void,
        now: @escaping () -> ContinuousClock.Instant = { ContinuousClock().now }
    ) {
        self.write = write
        self.now = now
        start = now()
    }

    func begin(_ order: JobOrder) {
        line("\(order.name) (\(order.id)) on \(order.device) with \(order.threads) threads")
    }

    /// One line for every batch of pictures.
    mutating func note(_ progress: JobProgress) {
        guard done != progress.done else { return }
        done = progress.done
        line("\(progress.done) of \(progress.count) pictures, \(progress.picture) is next")
    }

    func end(_ report: Report) {
        for warning in report.warnings { line("warning: \(warning)") }
        for image in report.images {
            for warning in image.warnings { line("warning: \(image.name): \(warning)") }
        }
        line(MeanNumbers(report).text)
    }

    func warn(_ warning: String) {
        line("warning: \(warning)")
    }

    func fail(_ failure: JobFailure) {
        line("failed (\(failure.code)): \(failure.message)")
    }

    private func line(_ text: String) {
        let tenths = Int((now() - start) / .milliseconds(100))
        write("\(tenths / 10).\(tenths % 10) s  \(text)")
    }
}
