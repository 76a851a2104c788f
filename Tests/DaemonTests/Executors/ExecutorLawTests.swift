import Daemon
import Foundation
import Jobs
import Testing

/// The laws of executors, for workers of this machine, for a Slurm made of scripts and for a real one.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ExecutorLawTests {
    private func check(_ laws: [ExecutorLaws.Law], on bench: ExecutorBench) async throws {
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
        for law in ExecutorLaws.common { try await check([law], on: .local(root)) }
    }

    @Test(.enabled(if: SlurmCluster.isWanted, "SLUICE_TEST_SLURM is not set"))
    func `jobs of a Slurm made of scripts obey`() async throws {
        try await withFakeSlurm { _, bench in
            try await check(ExecutorLaws.common + ExecutorLaws.concurrent, on: bench)
            for law in ExecutorLaws.lonely + ExecutorLaws.wrong {
                try await check([law], on: bench)
            }
        }
    }

    @Test(.enabled(if: SlurmCluster.isPossible, "needs root, slurmctld, slurmd and munge"))
    func `jobs of a real Slurm obey`() async throws {
        let cluster = try SlurmCluster()
        defer { cluster.end() }
        try await check(ExecutorLaws.common + ExecutorLaws.concurrent, on: cluster.bench)
        for law in ExecutorLaws.lonely { try await check([law], on: cluster.bench) }
        let laws = ExecutorLaws(bench: cluster.bench)
        let attempt = try cluster.bench.attempt("sleep 60000")
        let outcome = await laws.follow(cluster.bench.executor(), attempt) {
            try? cluster.say("drop")
        }
        #expect(outcome == .killed, "the node was lost")
        try cluster.say("join")
        try await laws.success()
    }
}
