import Daemon
import Jobs

/// Does nothing with what it is given, and finds fault with no picture.
struct IdleExecutor: Executor {
    let slots: Int

    func run(
        _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
    ) async -> AttemptReport { AttemptReport(.stopped) }

    func probe(directory: String, pictures: [String]) async -> ProbeAnswer { .bad([]) }

    func cancel(_ id: String) async {}

    func stop() async {}
}
