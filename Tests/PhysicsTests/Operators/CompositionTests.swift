import Physics
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct CompositionTests {
    @Test func `nothing composes to the identity`() {
        #expect(Composition.of([]) is Identity)
        #expect(Composition.of([Identity(), Identity()]) is Identity)
    }

    @Test func `one operator stays itself`() throws {
        let scale = try #require(try Composition.of([Identity(), Scale(0.5)]) as? Scale)
        #expect(scale.factor == 0.5)
    }

    @Test func `linear operators compose to a linear one with its pseudo-inverse`() throws {
        let half = try Scale(0.5)
        let composed = Composition.of([half, half, Identity()])
        let linear = try #require(composed as? any LinearOperator)
        let x = try randomImages(2)
        try expectClose(linear.apply(x), x * 0.25, tolerance: .exact)
        #expect(linear.normBound == 0.25)
        let inverse = try #require(try linear.pseudoInverse(x * 0.25))
        try expectClose(inverse, x, tolerance: .exact)
    }

    @Test func `operators are applied in the order given`() throws {
        let composed = Composition.of([try Scale(2), Squaring()])
        #expect(!(composed is any LinearOperator))
        let x = try randomImages(1)
        try expectClose(composed.apply(x), (x * 2).square(), tolerance: .exact)
        #expect(try composed.outputShape(for: [1, 8, 8]) == [1, 8, 8])
    }

    @Test(arguments: [1 << 30, 1000]) func `a random matrix takes in the scales beside it`(
        _ memoryLimit: Int
    ) throws {
        let matrix = try RandomMatrix(
            measurements: 20, inputShape: [1, 8, 8], from: Generator(seed: 1),
            memoryLimit: memoryLimit)
        let (half, minus) = (try Scale(0.5), try Scale(-3))
        let composed = Composition.of([half, half, Identity(), matrix, minus])
        let one = try #require(composed as? RandomMatrix)
        let x = try randomImages(2, .float32)
        let y = try matrix.apply(x)
        let near = Tolerance(relative: 1e-6)
        try expectClose(one.apply(x), y * -0.75, tolerance: near)
        try expectClose(one.adjoint(y), matrix.adjoint(y) * -0.75, tolerance: near)
        #expect(one.columnNorm == matrix.columnNorm * -0.75)
        #expect(one.normBound == matrix.normBound * 0.75)
        // What is not linear between them keeps them apart.
        #expect(Composition.of([matrix, Squaring(), half]) is Composition)
    }

    @Test func `a shape that does not fit is reported`() throws {
        let composed = Composition.of([try Scale(2), Squaring()])
        #expect(throws: PhysicsError.self) { try composed.outputShape(for: [3]) }
    }
}

private struct Squaring: ForwardOperator {
    func outputShape(for shape: [Int]) throws(PhysicsError) -> [Int] {
        guard shape.count == 3 else {
            throw PhysicsError(.shape(shape, expected: "a picture"), in: "squaring")
        }
        return shape
    }

    func apply(_ x: Tensor) throws(TorchError) -> Tensor { try x.square() }
}
