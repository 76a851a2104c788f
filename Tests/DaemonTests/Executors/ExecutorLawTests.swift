import Daemon
import Foundation
import Jobs
import Testing

/// The laws of executors, for workers of this machine, for a Slurm made of scripts and for a real
/// one; and executors that break them.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ExecutorLawTests {
    typealias Law = @Sendable (ExecutorLaws) async throws -> Void

    /// The laws that hold everywhere.
    private static let common: [Law] = [
        { try await $0.success() }, { try await $0.failure() }, { try await $0.crash() },
        { try await $0.nonsense() }, { try await $0.timeLimit() }, { try await $0.memory() },
        { try await $0.progress() }, { try await $0.cancel() }, { try await $0.stop() },
    ]
    /// The laws that hold with Slurm, beside others.
    private static let concurrent: [Law] = [
        { try await $0.adoption(after: .afterWritingNumber) },
        { try await $0.adoption(after: .beforeWritingNumber) },
        { try await $0.refusal() }, { try await $0.endFromOutside() },
    ]
    /// Those that are alone with it.
    private static let lonely: [Law] = [
        { try await $0.absenceWhileRunning() }, { try await $0.absenceBeforeSubmission() },
    ]
    /// Those that only a Slurm made of scripts can be tried with: its programs misbehave.
    private static let wrong: [Law] = [
        { for listing in ExecutorLaws.Listing.allCases { try await $0.wrongListing(listing) } },
        { try await $0.resultWhileHanging() }, { try await $0.stopWhileHanging() },
        { try await $0.cancelWhileHanging() }, { try await $0.deniedCancel() },
    ]

    private func check(_ laws: [Law], on bench: ExecutorBench) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for law in laws { group.addTask { try await law(ExecutorLaws(bench: bench)) } }
            try await group.waitForAll()
        }
    }

    private func withFakeSlurm(
        _ body: (FakeSlurm, ExecutorBench) async throws -> Void
    ) async throws {
        let slurm = try FakeSlurm()
        defer { slurm.end() }
        try await body(slurm, slurm.bench())
    }

    @Test func `workers of this machine obey`() async throws {
        let root = FileManager.default.temporaryDirectory
            .appending(path: "sluice-\(UUID().uuidString)")
        // It is a temporary folder in any case.
        defer { try? FileManager.default.removeItem(at: root) }
        // One after the other: on shared cores they would take each other's time limits.
        for law in Self.common { try await check([law], on: .local(root)) }
    }

    @Test(.enabled(if: SlurmCluster.isWanted, "SLUICE_TEST_SLURM is not set"))
    func `jobs of a Slurm made of scripts obey`() async throws {
        try await withFakeSlurm { _, bench in
            try await check(Self.common + Self.concurrent, on: bench)
            for law in Self.lonely + Self.wrong { try await check([law], on: bench) }
        }
    }

    @Test(.enabled(if: SlurmCluster.isPossible, "needs root, slurmctld, slurmd and munge"))
    func `jobs of a real Slurm obey`() async throws {
        let cluster = try SlurmCluster()
        defer { cluster.end() }
        try await check(Self.common + Self.concurrent, on: cluster.bench)
        for law in Self.lonely { try await check([law], on: cluster.bench) }
        let laws = ExecutorLaws(bench: cluster.bench)
        let attempt = try cluster.bench.attempt("sleep 60000")
        let outcome = await laws.follow(cluster.bench.executor(), attempt) {
            try? cluster.say("drop")
        }
        #expect(outcome == .killed, "the node was lost")
        try cluster.say("join")
        try await laws.success()
    }

    /// What breaks each law.
    private static let twins: [(Law, @Sendable (any Executor) -> LyingExecutor)] = [
        (common[0], { LyingExecutor(truth: $0, lie: { _ in .finished([]) }) }),
        (common[1], { LyingExecutor(truth: $0, lie: { _ in .crashed(.cancelled) }) }),
        (common[2], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (common[3], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (common[4], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (common[5], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (common[6], { LyingExecutor(truth: $0, tellsProgress: false) }),
        (common[7], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (common[8], { LyingExecutor(truth: $0, lie: { _ in .interrupted }) }),
        (concurrent[0], { LyingExecutor(truth: $0, prepare: forget) }),
        (concurrent[1], { LyingExecutor(truth: $0, prepare: forget) }),
        (concurrent[2], { LyingExecutor(truth: $0, lie: { _ in .failed(.cancelled) }) }),
        (concurrent[3], { LyingExecutor(truth: $0, lie: { _ in .crashed(.cancelled) }) }),
        (lonely[0], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (lonely[1], { LyingExecutor(truth: $0, lie: { _ in .failed(.cancelled) }) }),
        (wrong[0], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
        (wrong[1], { LyingExecutor(truth: $0, delay: .seconds(8)) }),
        (wrong[2], { LyingExecutor(truth: $0, delay: .seconds(8)) }),
        (wrong[3], { LyingExecutor(truth: $0, delay: .seconds(8)) }),
        (wrong[4], { LyingExecutor(truth: $0, lie: { _ in .killed }) }),
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
        await withKnownIssue { () async throws -> Void in try await law(laws) }
    }
}
