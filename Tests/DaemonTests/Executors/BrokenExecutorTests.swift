import Daemon
import Foundation
import Jobs
import Testing

/// Executors that break the laws, one law each: it is noticed.
///
/// They wait for most of their time, and do so beside ``ExecutorLawTests``.
@Suite(.serialized, .timeLimit(.minutes(10))) struct BrokenExecutorTests {
    /// What breaks each law.
    private static let twins: [(ExecutorLaws.Law, @Sendable (any Executor) -> LyingExecutor)] = [
        (ExecutorLaws.common[0], { LyingExecutor(truth: $0, lie: { _ in .finished([]) }) }),
        (ExecutorLaws.common[1], { LyingExecutor(truth: $0, lie: { _ in .crashed(.cancelled) }) }),
        (ExecutorLaws.common[2], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (ExecutorLaws.common[3], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (ExecutorLaws.common[4], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (ExecutorLaws.common[5], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (ExecutorLaws.common[6], { LyingExecutor(truth: $0, tellsProgress: false) }),
        (ExecutorLaws.common[7], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (ExecutorLaws.common[8], { LyingExecutor(truth: $0, lie: { _ in .interrupted }) }),
        (ExecutorLaws.concurrent[0], { LyingExecutor(truth: $0, prepare: forget) }),
        (ExecutorLaws.concurrent[1], { LyingExecutor(truth: $0, prepare: forget) }),
        (
            ExecutorLaws.concurrent[2],
            { LyingExecutor(truth: $0, lie: { _ in .failed(.cancelled) }) }
        ),
        (
            ExecutorLaws.concurrent[3],
            { LyingExecutor(truth: $0, lie: { _ in .crashed(.cancelled) }) }
        ),
        (ExecutorLaws.lonely[0], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (ExecutorLaws.lonely[1], { LyingExecutor(truth: $0, lie: { _ in .failed(.cancelled) }) }),
        (ExecutorLaws.wrong[0], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (ExecutorLaws.wrong[1], { LyingExecutor(truth: $0, delay: .seconds(8)) }),
        (ExecutorLaws.wrong[2], { LyingExecutor(truth: $0, delay: .seconds(8)) }),
        (ExecutorLaws.wrong[3], { LyingExecutor(truth: $0, delay: .seconds(8)) }),
        (ExecutorLaws.wrong[4], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
    ]

    /// Forgets that an attempt was ever begun.
    @Sendable private static func forget(_ attempt: Attempt) {
        // Before the first attempt there is nothing to forget.
        try? FileManager.default.removeItem(atPath: "\(attempt.output).slurm")
    }

    /// `bench` with executors that `twin` makes break a law.
    private func broken(
        _ bench: ExecutorBench, _ twin: @escaping @Sendable (any Executor) -> LyingExecutor
    ) -> ExecutorBench {
        var broken = ExecutorBench(root: bench.root, executor: { twin(bench.executor()) })
        broken.setController = bench.setController
        broken.misbehave = bench.misbehave
        broken.end = bench.end
        if let refused = bench.refused { broken.refused = { twin(refused()) } }
        return broken
    }

    @Test(
        .enabled(if: SlurmCluster.isWanted, "SLUICE_TEST_SLURM is not set"),
        arguments: twins.indices)
    func `each law notices an executor that breaks it`(_ index: Int) async throws {
        let (law, twin) = Self.twins[index]
        let slurm = try FakeSlurm()
        defer { slurm.end() }
        let laws = ExecutorLaws(bench: broken(try slurm.bench(), twin))
        // The expectations are those of the law: this fails when all of them hold.
        await withKnownIssue { () async throws -> Void in try await law(laws) }
    }
}
