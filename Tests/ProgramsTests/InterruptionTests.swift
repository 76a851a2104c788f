import Glibc
import Programs
import Testing

@Suite struct InterruptionTests {
    @Test func `an interrupt is noted, and the work may end by itself`() async {
        await #expect(processExitsWith: .success) {
            Interruption.note()
            try Interruption.check()
            raise(SIGTERM)
            #expect(throws: Interruption.self) { try Interruption.check() }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `work that does not heed an interrupt is ended after a while`() async {
        await #expect(processExitsWith: .exitCode(130)) {
            Interruption.note(patience: .seconds(1))
            raise(SIGTERM)
            while true { pause() }
        }
    }
}
