import Tensors
import Testing

@Suite(.timeLimit(.minutes(10))) struct TorchProcessTests {
    @Test func `the version is known`() throws {
        #expect(try TorchProcess.version().hasPrefix("2."))
    }

    @Test func `the number of threads is positive, and others are refused`() throws {
        #expect(try TorchProcess.threads() > 0)
        #expect(throws: TorchError.self) { try TorchProcess.useThreads(0) }
        #expect(throws: TorchError.self) { try TorchProcess.useThreads(-3) }
    }
}
