import Physics
import Tensors
import Testing

@Suite struct MatrixRoomTests {
    private let context = "forward.random_matrix"

    @Test func `a matrix that does not fit is not begun, and told with what would`() {
        let room = MatrixRoom(rows: 60_000, columns: 784, freeBytes: 100 << 20)
        let error = #expect(throws: PhysicsError.self) {
            try room.make(in: context) { Issue.record("it was begun") }
        }
        #expect(
            error?.description
                == "forward.random_matrix: a matrix of 60000 × 784 takes 179 MB, and 100 MB are "
                + "free; take at most 16718 rows, or give the worker more memory")
    }

    @Test(arguments: [nil, 1 << 40])
    func `a matrix for which the system has no room after all is told as well`(_ free: Int?) {
        let room = MatrixRoom(rows: 100, columns: 1000, freeBytes: free)
        let cause = TorchError(operation: "normal", message: "std::bad_alloc")
        let error = #expect(throws: PhysicsError.self) {
            try room.make(in: context) { throw cause }
        }
        #expect(error?.reason == .memory(room))
        #expect(error?.description.contains("a matrix of 100 × 1000 takes 1 MB, ") == true)
    }

    @Test func `other errors, and matrices that fit, go through`() throws {
        let room = MatrixRoom(rows: 2, columns: 3, freeBytes: 24)
        #expect(try room.make(in: context) { 7 } == 7)
        let cause = TorchError(operation: "normal", message: "no such device")
        let error = #expect(throws: TorchError.self) {
            try room.make(in: context) { throw cause }
        }
        #expect(error == cause)
    }

    @Test func `where no row fits none is offered`() {
        let room = MatrixRoom(rows: 5, columns: 1 << 20, freeBytes: 1 << 20)
        let error = PhysicsError(.memory(room), in: context)
        #expect(error.description.hasSuffix("1 MB are free; give the worker more memory"))
    }
}
