import Physics
import PhysicsSupport
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct LinearOperatorTests {
    /// Every linear operator there is.
    static let conformers: [any LinearOperator] = {
        guard let half = try? Scale(0.5), let opposite = try? Scale(-3) else { return [] }
        return [
            Identity(), half, opposite, LinearComposition([half, Identity(), opposite]),
            LinearComposition([DownAverage(), half]), LinearComposition([]),
        ]
    }()

    @Test(arguments: conformers.indices, [DataType.float32, .float64])
    func `linear operators obey the laws`(_ index: Int, _ type: DataType) throws {
        try LinearOperatorLaws(Self.conformers[index], inputShape: [3, 8, 6], type).check()
    }

    @Test func `there are operators to check`() {
        #expect(!Self.conformers.isEmpty)
    }

    /// Each of them is in more than one of these cases.
    static let types: [any LinearOperator.Type] = [
        Mask.self, FourierSampling.self, SeparableBlur.self, Blur.self, MatrixProduct.self,
        RandomMatrix.self, Downsample.self, Grayscale.self, LinearComposition.self,
    ]

    @Test(arguments: [DataType.float32, .float64])
    func `every way of measuring linearly obeys the laws`(_ type: DataType) throws {
        let cases = try OperatorCases.all()
        for expected in Self.types {
            #expect(cases.contains { Swift.type(of: $0) == expected }, "\(expected)")
        }
        for linear in cases {
            try LinearOperatorLaws(linear, inputShape: OperatorCases.shape, type).check()
        }
    }

    @Test func `every sample is measured by itself`() throws {
        let x = try randomImages(3, channels: 3, height: 8, width: 6)
        for linear in try OperatorCases.all() {
            try ForwardOperatorLaws(linear, at: x).check()
        }
    }

    @Test func `the laws notice a wrong adjoint`() throws {
        let laws = LinearOperatorLaws(WrongAdjoint(), inputShape: [1, 4, 4])
        withKnownIssue { try laws.checkDotProducts() }
        withKnownIssue { try laws.checkAdjointByAutograd() }
    }

    @Test func `the laws notice a norm that is too small`() throws {
        withKnownIssue { try LinearOperatorLaws(WrongNorm(), inputShape: [1, 4, 4]).checkNorm() }
    }

    @Test func `the laws notice what is not linear`() throws {
        withKnownIssue { try LinearOperatorLaws(Shift(), inputShape: [1, 4, 4]).checkLinearity() }
    }

    @Test func `the laws notice a wrong pseudo-inverse`() throws {
        let laws = LinearOperatorLaws(WrongInverse(), inputShape: [1, 4, 4])
        withKnownIssue { try laws.checkPseudoInverse() }
    }

    @Test func `the laws notice a wrong diagonal`() throws {
        let laws = LinearOperatorLaws(WrongInverse(), inputShape: [1, 4, 4])
        withKnownIssue { try laws.checkDiagonal() }
    }

    @Test func `a factor of zero is refused`() {
        let error = #expect(throws: PhysicsError.self) { try Scale(0) }
        #expect(error?.description == "scale: factor is 0.0; it must be finite and not 0")
        #expect(throws: PhysicsError.self) { try Scale(.nan) }
    }
}

/// The mean of every square of 2 × 2 pixels: linear, not diagonal, with a known inverse.
private struct DownAverage: LinearOperator {
    let normBound = 0.5

    func outputShape(for shape: [Int]) -> [Int] { [shape[0], shape[1] / 2, shape[2] / 2] }

    func apply(_ x: Tensor) throws(TorchError) -> Tensor { try x.averagePooled(2) }

    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try spread(y) * 0.25 }

    func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? { try spread(y) }

    private func spread(_ y: Tensor) throws(TorchError) -> Tensor {
        let (b, c, h, w) = (y.shape[0], y.shape[1], y.shape[2], y.shape[3])
        return try y.reshaped(to: [b, c, h, 1, w, 1]).expanded(to: [b, c, h, 2, w, 2])
            .reshaped(to: [b, c, 2 * h, 2 * w])
    }
}

private struct WrongAdjoint: LinearOperator {
    let normBound = 2.0
    func outputShape(for shape: [Int]) -> [Int] { shape }
    func apply(_ x: Tensor) throws(TorchError) -> Tensor { try x.rolled(by: 1, along: 3) }
    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try y.rolled(by: 1, along: 3) }
}

private struct WrongNorm: LinearOperator {
    let normBound = 1.0
    func outputShape(for shape: [Int]) -> [Int] { shape }
    func apply(_ x: Tensor) throws(TorchError) -> Tensor { try x * 1.01 }
    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try y * 1.01 }
}

private struct Shift: LinearOperator {
    let normBound = 1.0
    func outputShape(for shape: [Int]) -> [Int] { shape }
    func apply(_ x: Tensor) throws(TorchError) -> Tensor { try x + 1 }
    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { y }
}

private struct WrongInverse: LinearOperator {
    let normBound = 2.0
    func outputShape(for shape: [Int]) -> [Int] { shape }
    func apply(_ x: Tensor) throws(TorchError) -> Tensor { try x * 2 }
    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try y * 2 }
    func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? { y }
    func diagonal(like y: Tensor) throws(TorchError) -> Tensor? { try Tensor.ones([1], .float64) }
}
