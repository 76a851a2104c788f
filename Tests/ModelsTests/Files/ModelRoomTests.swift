import Models
import Tensors
import Testing

@Suite struct ModelRoomTests {
    private static let shortage = TorchError(operation: "pass", message: "std::bad_alloc")

    private func words(_ bytes: Int, free: Int?) -> String {
        let room = ModelRoom(folder: "Models/a", bytes: bytes, freeBytes: free)
        let error = #expect(throws: ModelError.self) {
            try room.load { throw Self.shortage }
        }
        #expect(error?.reason == .memory(room))
        return error?.description ?? ""
    }

    @Test func `weights that do not fit are told with their size and what was free`() {
        #expect(
            words(7_340_032, free: 5_767_168)
                == "Models/a: its weights have 7.0 MB, and they and what is made of them do not fit "
                + "into memory, of which 5.5 MB were free; give the worker more memory, or take a "
                + "smaller model")
        #expect(words(7_340_032, free: nil).contains("fit into memory; give"))
        #expect(words(10, free: nil).contains("its weights have 0.1 MB"))
    }

    @Test func `other errors go through, and what fits is loaded`() throws {
        let room = ModelRoom(folder: "Models/a", bytes: 100, freeBytes: 0)
        #expect(try room.load { 7 } == 7)
        let cause = TorchError(operation: "pass", message: "no such shape")
        let error = #expect(throws: TorchError.self) { try room.load { throw cause } }
        #expect(error == cause)
    }
}
