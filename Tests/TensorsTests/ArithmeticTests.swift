import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct ArithmeticTests {
    typealias Operation = @Sendable (Tensor, Tensor) throws -> Tensor

    struct Case: Sendable {
        let ours: Operation
        let expected: @Sendable (Double, Double) -> Double

        init(
            _ ours: @escaping Operation,
            _ expected: @escaping @Sendable (Double, Double) -> Double
        ) {
            self.ours = ours
            self.expected = expected
        }
    }

    static let operations: [String: Case] = [
        "+": Case({ try $0 + $1 }, { $0 + $1 }),
        "-": Case({ try $0 - $1 }, { $0 - $1 }),
        "*": Case({ try $0 * $1 }, { $0 * $1 }),
        "/": Case({ try $0 / $1 }, { $0 / $1 }),
        "maximum": Case({ try $0.maximum($1) }, { max($0, $1) }),
        "minimum": Case({ try $0.minimum($1) }, { min($0, $1) }),
    ]
    static let comparisons: [String: Case] = [
        ">": Case({ try $0.isGreater(than: $1) }, { $0 > $1 ? 1 : 0 }),
        ">=": Case({ try $0.isAtLeast($1) }, { $0 >= $1 ? 1 : 0 }),
        "<": Case({ try $0.isLess(than: $1) }, { $0 < $1 ? 1 : 0 }),
        "<=": Case({ try $0.isAtMost($1) }, { $0 <= $1 ? 1 : 0 }),
        "==": Case({ try $0.isEqual(to: $1) }, { $0 == $1 ? 1 : 0 }),
    ]

    private let a = [1.5, -2, 0.25, 4]
    private let b = [0.5, 3, -1, 4]

    @Test(arguments: operations.keys.sorted())
    func `pairs of elements are combined`(_ name: String) throws {
        let operation = try #require(Self.operations[name])
        let found = try operation.ours(Tensor(a, shape: [2, 2]), Tensor(b, shape: [2, 2]))
        #expect(try found.doubles() == zip(a, b).map(operation.expected))
        #expect(found.shape == [2, 2])
    }

    @Test(arguments: operations.keys.sorted())
    func `short axes are repeated, in values and gradients`(_ name: String) throws {
        let operation = try #require(Self.operations[name])
        let column = try Tensor([1.5, -2] as [Double], shape: [2, 1])
        let row = try Tensor([0.5, 3, -1] as [Double], shape: [3])
        let found = try operation.ours(column, row)
        #expect(found.shape == [2, 3])
        let expected = [1.5, -2].flatMap { a in [0.5, 3, -1].map { operation.expected(a, $0) } }
        #expect(try found.doubles() == expected)
        try expectGradients(at: [column, row]) { try operation.ours($0[0], $0[1]) }
    }

    @Test(arguments: operations.keys.sorted())
    func `different shapes are reported, not fatal`(_ name: String) throws {
        let operation = try #require(Self.operations[name])
        let a = try Tensor.zeros([2, 3])
        let b = try Tensor.zeros([4])
        let error = #expect(throws: TorchError.self) { try operation.ours(a, b) }
        #expect(error?.operation == name)
        #expect(error?.shapes == [[2, 3], [4]])
        #expect(error?.isOutOfMemory == false)
        #expect("\(error as Any)".contains("[2, 3], [4]"))
    }

    @Test(arguments: comparisons.keys.sorted())
    func `comparisons give Booleans`(_ name: String) throws {
        let comparison = try #require(Self.comparisons[name])
        let found = try comparison.ours(Tensor(a, shape: [4]), Tensor(b, shape: [4]))
        #expect(try found.dataType() == .bool)
        #expect(try found.doubles() == zip(a, b).map(comparison.expected))
    }

    @Test func `comparisons with numbers give Booleans`() throws {
        let x = try Tensor([1, 2, 3] as [Double], shape: [3])
        #expect(try x.isGreater(than: 2).doubles() == [0, 0, 1])
        #expect(try x.isAtLeast(2).doubles() == [0, 1, 1])
        #expect(try x.isLess(than: 2).doubles() == [1, 0, 0])
        #expect(try x.isAtMost(2).doubles() == [1, 1, 0])
        #expect(try x.isEqual(to: 2).doubles() == [0, 1, 0])
        #expect(try x.isEqual(to: 2).isZero().doubles() == [1, 0, 1])
    }

    @Test func `a choice takes elements and gradients from where they come`() throws {
        let condition = try Tensor([1, 0, 1] as [Double], shape: [3]).isGreater(than: 0)
        let a = try Tensor([1, 2, 3] as [Double], shape: [3])
        let b = try Tensor([-1, -2, -3] as [Double], shape: [3])
        #expect(try a.chosen(where: condition, else: b).doubles() == [1, -2, 3])
        try expectGradients(at: [a, b]) { try $0[0].chosen(where: condition, else: $0[1]) }
    }

    @Test func `matrix products sum over the inner axis`() throws {
        let a = try Tensor([1, 2, 3, 4, 5, 6] as [Double], shape: [2, 3])
        let b = try Tensor([1, 0, 2, 1, 0, 3] as [Double], shape: [3, 2])
        #expect(try a.matrixProduct(b).doubles() == [5, 11, 14, 23])
        try expectGradients(at: [a, b]) { try $0[0].matrixProduct($0[1]) }
        let error = #expect(throws: TorchError.self) { try a.matrixProduct(a) }
        #expect(error?.shapes == [[2, 3], [2, 3]])
    }

    @Test func `a number does not change the type`() throws {
        #expect(try (Tensor.zeros([1]) + 1).dataType() == .float32)
        #expect(try (Tensor.zeros([1], .float64) * 2).dataType() == .float64)
    }
}
