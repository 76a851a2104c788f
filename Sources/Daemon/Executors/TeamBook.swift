import Jobs
import Synchronization

/// Who of a team is still at work, and what its worker wrote about each.
final class TeamBook: Sendable {
    private struct Page {
        var lines = BoundedLog()
        var isOpen = true
    }

    private struct State {
        var pages: [Page]
        var hasFailure = false
        /// How the last job ended: told when the worker is free, so that it can be asked at once.
        var last: (index: Int, report: AttemptReport)?

        var isOver: Bool { pages.allSatisfy { !$0.isOpen } }
    }

    /// The request of all, and those of each.
    private let request: Int
    private let requests: [Int]
    /// What is said of each, for whoever follows it.
    private let live: [LiveLog?]
    private let news: @Sendable (Int, AttemptNews) -> Void
    private let state: Mutex<State>

    init(
        _ request: Int, _ requests: [Int], live: [LiveLog?],
        hear news: @escaping @Sendable (Int, AttemptNews) -> Void
    ) {
        self.request = request
        self.requests = requests
        self.live = live
        self.news = news
        state = Mutex(State(pages: requests.map { _ in Page() }))
    }

    /// Whether one of the jobs has failed, so that the worker is not asked again.
    var hasFailure: Bool { state.withLock { $0.hasFailure } }

    /// Takes note of `event`.
    ///
    /// - Returns: whether nothing more is to come.
    func hear(_ event: WorkerEvent) -> Bool {
        // A worker that could not read the request does not know its number.
        if case .failed(let event) = event, [0, request].contains(event.request) { return true }
        guard let number = event.request, let index = requests.firstIndex(of: number) else {
            return false
        }
        switch event {
        case .progress(let sign): news(index, .progress(sign))
        case .log(let log): note(log.lines, index)
        case .finished(let event): end(index, .finished(event.files))
        case .failed(let event): end(index, .failed(event.failure))
        case .ready, .probed, .started: break
        }
        return state.withLock { $0.isOver }
    }

    private func note(_ lines: [String], _ index: Int) {
        let text = lines.map { Array("\($0)\n".utf8) }
        state.withLock { state in
            for line in text { state.pages[index].lines.append(line) }
        }
        live[index]?.append(Array(text.joined()))
    }

    private func end(_ index: Int, _ outcome: AttemptOutcome, log: String = "") {
        let report = state.withLock { state -> AttemptReport? in
            guard state.pages[index].isOpen else { return nil }
            state.pages[index].isOpen = false
            if case .finished = outcome {} else { state.hasFailure = true }
            let report = AttemptReport(outcome, log: state.pages[index].lines.text + log)
            guard state.isOver else { return report }
            state.last = (index, report)
            return nil
        }
        live[index]?.close()
        if let report { news(index, .ended(report)) }
    }

    /// Ends all that are still at work: the worker will say no more.
    ///
    /// - Parameters:
    ///   - outcome: what its end would mean for a job that it had in hand alone.
    ///   - log: what it wrote on standard error.
    func close(_ outcome: AttemptOutcome, log: String) {
        for index in requests.indices { end(index, outcome.shared, log: log) }
        if let (index, report) = state.withLock({ $0.last }) { news(index, .ended(report)) }
    }
}

extension AttemptOutcome {
    /// The outcome for each of several jobs that a worker had in hand.
    fileprivate var shared: AttemptOutcome {
        switch self {
        case .crashed(let failure): .disturbed(failure.ofNeighbour)
        case .failed(let failure) where failure.kind != .environment:
            .disturbed(failure.ofNeighbour)
        // It has ended with an answer that was no answer to any of them.
        case .finished: .disturbed(.internal("the worker answered another request"))
        case .failed, .killed, .stopped, .detached, .interrupted, .disturbed: self
        }
    }
}

extension JobFailure {
    /// The failure as one of several jobs is told it, of which any may have caused it.
    fileprivate var ofNeighbour: JobFailure {
        var failure = self
        failure.message = "its worker ended while several jobs were solved together: \(message)"
        return failure
    }
}
