import Foundation
import Physics
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct BlurTests {
    private static let names: [(Boundary, String)] = [
        (.reflect, "reflect"), (.circular, "wrap"), (.zero, "constant"),
    ]

    private func plane(_ golden: GoldenTensors, _ name: String) throws -> Tensor {
        try golden[name].reshaped(to: [1, 1, 64, 64])
    }

    private func expectReference(
        _ blur: any LinearOperator, _ golden: GoldenTensors, _ name: String
    ) throws {
        let tolerance = Tolerance(absolute: 1e-12)
        try expectClose(
            blur.apply(plane(golden, "image")), plane(golden, "blur_\(name)"),
            tolerance: tolerance, "blur \(name)")
        try expectClose(
            blur.adjoint(plane(golden, "dual")), plane(golden, "adjoint_\(name)"),
            tolerance: tolerance, "adjoint \(name)")
    }

    @Test func `a Gaussian blurs as SciPy's, at the edges too`() throws {
        let golden = try GoldenTensors("numerics/blur.npz")
        let kernel = try BlurKernel.gaussian(std: 5, size: 31)
        try expectClose(
            Array(kernel.weights[15 * 31..<16 * 31]).map { $0 / kernel.weights[15 * 31 + 15] },
            golden["weights_r15"].doubles().map { try $0 / golden["weights_r15"].doubles()[15] },
            tolerance: Tolerance(absolute: 1e-14))
        for (boundary, name) in Self.names {
            let blur = try #require(
                try SeparableBlur(kernel, boundary: boundary, height: 64, width: 64))
            try expectReference(blur, golden, "r15_\(name)")
        }
    }

    @Test(arguments: Blur.Method.allCases)
    func `any kernel blurs as SciPy's, at the edges too`(_ method: Blur.Method) throws {
        let golden = try GoldenTensors("numerics/blur.npz")
        let kernel = try BlurKernel(golden["kernel_5x7"].doubles(), height: 5, width: 7)
        for (boundary, name) in Self.names {
            let blur = try Blur(
                kernel, boundary: boundary, height: 64, width: 64, method: method)
            try expectReference(blur, golden, "5x7_\(name)")
        }
    }

    @Test func `a motion is a line of its length, turned anticlockwise`() throws {
        let flat = try BlurKernel.motion(length: 5, angle: 0)
        let row = flat.weights[flat.height / 2 * flat.width..<(flat.height / 2 + 1) * flat.width]
        try expectClose(Array(row), [0.2, 0.2, 0.2, 0.2, 0.2], tolerance: .reference)
        let steep = try BlurKernel.motion(length: 9, angle: 60)
        let heaviest = steep.weights.indices.filter { steep.weights[$0] > 0.02 }
        let (first, last) = (try #require(heaviest.first), try #require(heaviest.last))
        // From the upper right to the lower left.
        #expect(first % steep.width > last % steep.width)
        try expectClose(steep.weights.reduce(0, +), 1, tolerance: .reference)
    }

    @Test func `kernels that mean nothing are refused`() {
        #expect(throws: PhysicsError.self) { try BlurKernel([1, -1, 0], height: 1, width: 3) }
        #expect(throws: PhysicsError.self) { try BlurKernel([1, 1], height: 1, width: 2) }
        #expect(throws: PhysicsError.self) { try BlurKernel.gaussian(std: 0, size: 3) }
        #expect(throws: PhysicsError.self) { try BlurKernel.motion(length: .infinity, angle: 0) }
    }

    @Test(arguments: [0.5, 1e-200])
    func `a motion of less than a pixel leaves pictures as they are`(_ length: Double) throws {
        let kernel = try BlurKernel.motion(length: length, angle: 0)
        try expectClose(kernel.weights, [1], tolerance: .reference)
    }

    @Test func `a blurred picture is what it shows`() throws {
        let y = try randomImages(1, channels: 1, height: 8, width: 6)
        let kernel = try BlurKernel.gaussian(std: 1, size: 3)
        let blur = try #require(
            try SeparableBlur(kernel, boundary: .zero, height: 8, width: 6))
        #expect(try blur.shown(by: y) != nil)
        #expect(try blur.pseudoInverse(y) == nil)
    }
}
