import Physics
import TensorSupport
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

    @Test(arguments: [
        (nil, 1 << 30), (64 << 30, 1 << 30), (2 << 30, 1 << 30), (100 << 20, 50 << 20), (9, 4),
    ])
    func `a random matrix may take half of what is free, and never more than a gibibyte`(
        _ free: Int?, _ limit: Int
    ) {
        #expect(MatrixRoom(rows: 1, columns: 1, freeBytes: free).heldLimit == limit)
    }

    private func matrix(_ rows: Int, free: Int?) throws -> RandomMatrix {
        try MatrixRoom(rows: rows, columns: 64, freeBytes: free).makeInBlocks(in: context) {
            try RandomMatrix(
                measurements: rows, inputShape: [1, 8, 8], from: Generator(seed: 1),
                memoryLimit: $0)
        }
    }

    @Test func `a random matrix for which there is no room is the same, drawn in blocks`() throws {
        // 25,600 bytes, which half of the free memory has room for or not.
        let (held, drawn) = (try matrix(100, free: 60_000), try matrix(100, free: 40_000))
        #expect(held.isHeld && !drawn.isHeld)
        #expect(try matrix(100, free: nil).isHeld)
        var generator = Generator(seed: 2)
        let x = try generator.normal([3, 1, 8, 8])
        try expectClose(drawn.apply(x), held.apply(x), tolerance: .float32(accumulating: 64))
        let y = try held.apply(x)
        try expectClose(
            drawn.adjoint(y), held.adjoint(y), tolerance: .float32(accumulating: 100))
    }

    @Test func `where the system has no room after all, less is tried, once`() throws {
        let room = MatrixRoom(rows: 100, columns: 64, freeBytes: nil)
        let cause = TorchError(operation: "normal", message: "std::bad_alloc")
        var limits: [Int] = []
        let found = try room.makeInBlocks(in: context) { limit in
            limits.append(limit)
            if limits.count == 1 { throw cause }
            return limit
        }
        #expect(limits == [1 << 30, 12_800] && found == 12_800)
        let error = #expect(throws: TorchError.self) {
            try room.makeInBlocks(in: context) { _ in throw cause }
        }
        #expect(error == cause)
    }

    @Test func `where not even a row fits, a random matrix is refused`() {
        let room = MatrixRoom(rows: 10, columns: 1 << 20, freeBytes: 1 << 20)
        let error = #expect(throws: PhysicsError.self) {
            try room.makeInBlocks(in: context) { _ in Issue.record("it was begun") }
        }
        #expect(error?.reason == .memory(room))
    }

    @Test func `where no row fits none is offered`() {
        let room = MatrixRoom(rows: 5, columns: 1 << 20, freeBytes: 1 << 20)
        let error = PhysicsError(.memory(room), in: context)
        #expect(error.description.hasSuffix("1 MB are free; give the worker more memory"))
    }
}
