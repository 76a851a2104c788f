import Physics
import TensorSupport
import Tensors
import Testing

/// What has no gradient of its own: its values and what stands in.
@Suite(.timeLimit(.minutes(20))) struct StraightThroughTests {
    private func gradient(_ forward: any ForwardOperator, at values: [Double]) throws -> [Double] {
        let leaf = try Tensor(values, shape: [1, values.count]).leaf()
        let weights = try Tensor(values.indices.map { Double($0 + 1) }, shape: [1, values.count])
        return try (forward.apply(leaf) * weights).sum().gradients(of: [leaf])[0].doubles()
    }

    @Test func `zero has the sign plus one`() throws {
        let x = try Tensor([-2, -1e-30, -0.0, 0, 1e-30, 0.3], shape: [1, 6])
        for kind in Sign.Gradient.allCases {
            try expectClose(
                Sign(gradient: kind).apply(x).doubles(), [-1, -1, 1, 1, 1, 1], tolerance: .exact)
        }
    }

    @Test func `the gradient of a sign is passed on, clipped where asked`() throws {
        let values = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5]
        #expect(try gradient(Sign(gradient: .identity), at: values) == [1, 2, 3, 4, 5, 6, 7])
        #expect(try gradient(Sign(gradient: .clipped), at: values) == [0, 2, 3, 4, 5, 6, 0])
    }

    @Test func `values are rounded down to levels, and clamped`() throws {
        let x = try Tensor([-0.3, 0, 0.24, 0.25, 0.6, 0.99, 1, 1.7], shape: [1, 8])
        try expectClose(
            Quantize(bits: 2).apply(x).doubles(), [0, 0, 0, 0.25, 0.5, 0.75, 0.75, 0.75],
            tolerance: .exact)
        #expect(try gradient(Quantize(bits: 2), at: [-1, 0.3, 2]) == [1, 2, 3])
        #expect(throws: PhysicsError.self) { try Quantize(bits: 9) }
    }

    @Test func `a quantised picture is one to look at, signs are not`() throws {
        let y = try randomImages(1)
        #expect(try Quantize(bits: 2).shown(by: y) != nil)
        #expect(try Sign().shown(by: y) == nil)
        #expect(try Composition.of([Sign(), Scale(0.5)]).shown(by: y) == nil)
    }
}
