import Daemon
import Glibc
import Jobs
import Testing

/// Hooks that a daemon has left to the next one, on a disk that does not always give their list.
@Suite struct OwedHooksTests {
    private let disk = SimulatedDisk()
    private let results = ["b--20260101-000000-000001", "a--20260101-000000-000002.failed"]

    private func keeper(announces: @escaping @Sendable (String) -> Bool = { _ in true }) throws
        -> Keeper
    {
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in "20260101-000000-000009" })
        _ = try spool.recover()
        for result in results {
            try disk.createFolder(Layout.outbox / result)
            try spool.owe(result)
        }
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        return Keeper(spool: spool, doorkeeper: doorkeeper, announces: announces)
    }

    @Test(arguments: [EACCES, EIO])
    func `a list that cannot be read is told, and read again later`(_ code: Int32) async throws {
        let keeper = try keeper()
        disk.lock(Layout.hooks, code == EIO ? .damaged : .unreadable)
        #expect(await keeper.owedHooks() == [])
        let first = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(first.owedHooks.isEmpty)
        let told = try #require(first.problems.first)
        #expect(told.contains("cannot list .work/hooks"), "\(told)")
        disk.lock(Layout.hooks, nil)
        let early = try await keeper.admit(at: .seconds(29), mayAccept: true, reserve: 0)
        #expect((early.owedHooks, early.problems) == ([], [told]))
        let late = try await keeper.admit(at: .seconds(30), mayAccept: true, reserve: 0)
        #expect((late.owedHooks, late.problems) == (results, []))
        let last = try await keeper.admit(at: .seconds(90), mayAccept: true, reserve: 0)
        #expect(last.owedHooks.isEmpty)
    }

    @Test func `a list that was read at the start is not read again`() async throws {
        let keeper = try keeper()
        #expect(await keeper.owedHooks() == results)
        let look = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(look.owedHooks.isEmpty && look.problems.isEmpty)
    }

    @Test func `a mark that cannot be removed keeps no other hook`() async throws {
        let failed = results[1]
        let keeper = try keeper { $0 == failed }
        disk.fill(1, at: "hooks/b--")
        #expect(await keeper.owedHooks() == [failed])
    }
}
