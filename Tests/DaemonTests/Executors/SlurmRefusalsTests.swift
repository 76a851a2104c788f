import Daemon
import Testing

@Suite struct SlurmRefusalsTests {
    @Test func `a refused job is left alone for longer every time`() {
        var refusals = SlurmRefusals()
        #expect(!refusals.hold(7, "a", at: .zero))
        refusals.note(7, "a", at: .zero) { .seconds($0) }
        #expect(refusals.hold(7, "a", at: .milliseconds(999)))
        #expect(!refusals.hold(7, "a", at: .seconds(1)))
        refusals.note(7, "a", at: .seconds(1)) { .seconds($0) }
        #expect(refusals.hold(7, "a", at: .milliseconds(2999)))
        #expect(!refusals.hold(7, "a", at: .seconds(3)))
        // Neither another number nor another name is meant by it.
        #expect(!refusals.hold(8, "a", at: .seconds(2)))
        #expect(!refusals.hold(nil, "a", at: .seconds(2)))
        #expect(!refusals.hold(7, "b", at: .seconds(2)))
    }

    @Test func `nothing is kept of jobs that are gone`() {
        var refusals = SlurmRefusals()
        for id in [7, 8, nil] { refusals.note(id, "a", at: .zero) { _ in .seconds(60) } }
        refusals.note(9, "b", at: .zero) { _ in .seconds(60) }
        refusals.forget(9, "b")
        refusals.forget(9, "unknown")
        #expect(refusals.hold(8, "a", at: .zero))
        refusals.forget("a")
        #expect(refusals == SlurmRefusals())
    }
}
