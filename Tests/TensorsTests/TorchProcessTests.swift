import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct TorchProcessTests {
    @Test func `the version is known`() throws {
        #expect(try TorchProcess.version().hasPrefix("2."))
    }

    @Test func `the number of threads is positive, and others are refused`() throws {
        #expect(try TorchProcess.threads() > 0)
        #expect(throws: TorchError.self) { try TorchProcess.useThreads(0) }
        #expect(throws: TorchError.self) { try TorchProcess.useThreads(-3) }
    }

    @Test func `one thread is used for a while, also when that fails`() throws {
        struct Failure: Error {}
        #expect(try TorchProcess.withOneThread { try TorchProcess.threads() } == 1)
        #expect(throws: Failure.self) { try TorchProcess.withOneThread { throw Failure() } }
        #expect(try TorchProcess.threads() > 0)
    }

    @Test func `a number of threads holds until the work is done`() throws {
        struct Failure: Error {}
        let before = try TorchProcess.threads()
        #expect(try TorchProcess.withThreads(3) { try TorchProcess.threads() } == 3)
        #expect(throws: Failure.self) { try TorchProcess.withThreads(3) { throw Failure() } }
        #expect(throws: TorchError.self) { try TorchProcess.withThreads(0) {} }
        #expect(try TorchProcess.threads() == before)
    }
}
