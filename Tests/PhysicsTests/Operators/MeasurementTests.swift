import Physics
import TensorSupport
import Tensors
import Testing

/// What single operators promise beyond the laws of all.
@Suite(.timeLimit(.minutes(20))) struct MeasurementTests {
    @Test func `a matrix that is drawn again is the one that is held`() throws {
        func matrix(_ limit: Int) throws -> RandomMatrix {
            try RandomMatrix(
                measurements: 50, inputShape: [3, 8, 8], from: Generator(seed: 1),
                memoryLimit: limit)
        }
        let (held, drawn) = (try matrix(1 << 20), try matrix(20_000))
        for batch in [1, 4] {
            let x = try randomImages(batch, channels: 3, height: 8, width: 8)
                .converted(to: .float32)
            try expectClose(
                drawn.apply(x), held.apply(x), tolerance: .float32(accumulating: 192))
            let y = try held.apply(x)
            try expectClose(
                drawn.adjoint(y), held.adjoint(y), tolerance: .float32(accumulating: 50))
        }
    }

    @Test func `normalised entries have the variance of one over the number of rows`() throws {
        let matrix = try RandomMatrix(
            measurements: 400, inputShape: [1, 16, 16], scaling: .normalized,
            from: Generator(seed: 2))
        let x = try Tensor.ones([1, 1, 16, 16])
        let energy = try matrix.apply(x).square().sum().item()
        #expect(abs(energy / 256 - 1) < 0.3)
    }

    @Test func `a matrix in blocks is one matrix`() throws {
        var stream = Generator(seed: 3)
        let whole = try stream.normal([7, 12])
        let blocks = [try whole.slice(0..<4, along: 0), try whole.slice(4..<7, along: 0)]
        let (one, two) = (
            try MatrixProduct([whole], inputShape: [3, 2, 2]),
            try MatrixProduct(blocks, inputShape: [3, 2, 2])
        )
        let x = try randomImages(2, channels: 3, height: 2, width: 2).converted(to: .float32)
        try expectClose(two.apply(x), one.apply(x), tolerance: .float32(accumulating: 12))
        let y = try one.apply(x)
        try expectClose(two.adjoint(y), one.adjoint(y), tolerance: .float32(accumulating: 12))
        #expect(throws: TorchError.self) { try MatrixProduct([whole], inputShape: [3, 2, 3]) }
    }

    @Test func `Fourier coefficients are those of NumPy, over the root of the pixels`() throws {
        let golden = try GoldenTensors("numerics/fourier.npz")
        let picture = try golden["picture"]
        let (height, width) = (picture.shape[0], picture.shape[1])
        let all = try FourierSampling(
            [Double](repeating: 1, count: height * width), shape: [1, height, width])
        let y = try all.apply(picture.reshaped(to: [1, 1, height, width]))
        let root = Double(height * width).squareRoot()
        let parts = [try golden["fft2_re"], try golden["fft2_im"]]
        try expectClose(
            y, Tensor.stacked(parts).reshaped(to: [1, 2, 1, height, width]) / root,
            tolerance: .reference)
    }

    @Test func `what is not measured is zero, whatever stands there`() throws {
        let mask = try Mask([1, 0, 0, 1], shape: [1, 2, 2])
        let y = try Tensor([1, Double.nan, 7, 2], shape: [1, 1, 2, 2])
        let after = try Composition.of([Scale(2), mask]).measuredPart(of: y)
        try expectClose(after.doubles(), [1, 0, 0, 2], tolerance: .exact)
        let before = try Composition.of([mask, Scale(2), Quantize(bits: 3)]).measuredPart(of: y)
        try expectClose(before.doubles(), [1, 0, 0, 2], tolerance: .exact)
        let twice = try Mask([1, 1, 0, 1], shape: [1, 2, 2])
        let both = try Composition.of([mask, Identity(), twice, Scale(-1)]).measuredPart(of: y)
        try expectClose(both.doubles(), [1, 0, 0, 2], tolerance: .exact)
        // What a mask hides, a blur shows in part, and the sign of nothing is 1.
        let blur = try Blur(
            .gaussian(std: 1, size: 3), boundary: .reflect, height: 2, width: 2)
        for step in [blur, Sign()] as [any ForwardOperator] {
            let whole = try Composition.of([mask, step]).measuredPart(of: y)
            #expect(try whole.doubles()[2] == 7)
        }
    }

    @Test func `what keeps places changes each number alone, and leaves nothing nothing`() throws {
        let shape = OperatorCases.shape
        let steps: [any ForwardOperator] =
            try OperatorCases.all().map(\.self) + [Identity(), Scale(0.3), Quantize(bits: 2)]
        var keeping = 0
        for step in steps where step.keepsPlaces {
            keeping += 1
            let x = try randomImages(1, channels: 3, height: 8, width: 6).converted(to: .float64)
            #expect(try step.outputShape(for: shape) == shape)
            let zero = try step.apply(x.filled(with: 0))
            try expectClose(zero, x.filled(with: 0), tolerance: .exact)
            let half = try step.apply(x * 0.5)
            let mixed = try Tensor.concatenated(
                [x.slice(0..<3, along: 2), x.slice(3..<8, along: 2) * 0.5], along: 2)
            let expected = try Tensor.concatenated(
                [step.apply(x).slice(0..<3, along: 2), half.slice(3..<8, along: 2)], along: 2)
            try expectClose(step.apply(mixed), expected, tolerance: .exact)
        }
        #expect(keeping >= 4)
    }

    @Test func `a mask that keeps nothing is refused`() {
        #expect(throws: PhysicsError.self) { try Mask([0, 0], shape: [1, 1, 2]) }
        #expect(throws: PhysicsError.self) { try FourierSampling([0, 0], shape: [1, 1, 2]) }
    }

    @Test func `pictures that do not fit are refused`() throws {
        for linear in try OperatorCases.all() {
            #expect(throws: PhysicsError.self) { try linear.outputShape(for: [2, 9, 6]) }
        }
    }
}
