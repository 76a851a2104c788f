import Glibc
import TensorSupport
import Tensors
import Testing

/// A function of one number, ours and the C library's.
struct ElementwiseCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let domain: ClosedRange<Double>
    let isSmooth: Bool
    let ours: @Sendable (Tensor) throws -> Tensor
    let expected: @Sendable (Double) -> Double

    init(
        _ name: String, on domain: ClosedRange<Double> = -3...3, isSmooth: Bool = true,
        _ ours: @escaping @Sendable (Tensor) throws -> Tensor,
        _ expected: @escaping @Sendable (Double) -> Double
    ) {
        testDescription = name
        self.domain = domain
        self.isSmooth = isSmooth
        self.ours = ours
        self.expected = expected
    }

    static let all: [ElementwiseCase] = [
        .init("exp", { try $0.exp() }, { Glibc.exp($0) }),
        .init("expm1", { try $0.expm1() }, { Glibc.expm1($0) }),
        .init("log", on: 0.1...9, { try $0.log() }, { Glibc.log($0) }),
        .init("log1p", on: -0.9...9, { try $0.log1p() }, { Glibc.log1p($0) }),
        .init("sqrt", on: 0.1...9, { try $0.sqrt() }, { $0.squareRoot() }),
        .init("rsqrt", on: 0.1...9, { try $0.rsqrt() }, { 1 / $0.squareRoot() }),
        .init("square", { try $0.square() }, { $0 * $0 }),
        .init("reciprocal", on: 0.2...9, { try $0.reciprocal() }, { 1 / $0 }),
        .init("sin", { try $0.sin() }, { Glibc.sin($0) }),
        .init("cos", { try $0.cos() }, { Glibc.cos($0) }),
        .init("tanh", { try $0.tanh() }, { Glibc.tanh($0) }),
        .init("sigmoid", { try $0.sigmoid() }, { 1 / (1 + Glibc.exp(-$0)) }),
        .init("logSigmoid", { try $0.logSigmoid() }, { -Glibc.log1p(Glibc.exp(-$0)) }),
        .init("softplus", { try $0.softplus() }, { Glibc.log1p(Glibc.exp($0)) }),
        .init("relu", { try $0.relu() }, { max($0, 0) }),
        .init("sign", isSmooth: false, { try $0.sign() }, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }),
        .init("floor", isSmooth: false, { try $0.floor() }, { $0.rounded(.down) }),
        .init("round", isSmooth: false, { try $0.round() }, { $0.rounded(.toNearestOrEven) }),
        .init("erf", { try $0.erf() }, { Glibc.erf($0) }),
        .init("logGamma", on: 0.2...9, { try $0.logGamma() }, { Glibc.lgamma($0) }),
        .init("magnitude", { try $0.magnitude() }, { abs($0) }),
        .init("power", on: 0.2...3, { try $0.power(2.5) }, { Glibc.pow($0, 2.5) }),
        .init("clamped", { try $0.clamped(-1, 2) }, { min(max($0, -1), 2) }),
        .init("+ number", { try $0 + 1.5 }, { $0 + 1.5 }),
        .init("- number", { try $0 - 1.5 }, { $0 - 1.5 }),
        .init("number -", { try 1.5 - $0 }, { 1.5 - $0 }),
        .init("* number", { try $0 * 1.5 }, { $0 * 1.5 }),
        .init("number *", { try 1.5 * $0 }, { $0 * 1.5 }),
        .init("/ number", { try $0 / 1.5 }, { $0 / 1.5 }),
        .init("minus", { try -$0 }, { -$0 }),
    ]
}

@Suite(.timeLimit(.minutes(20))) struct ElementwiseTests {
    private func inputs(_ domain: ClosedRange<Double>, _ count: Int) throws -> Tensor {
        var generator = Generator(seed: 17)
        let unit = try generator.uniform([count], .float64)
        return try unit * (domain.upperBound - domain.lowerBound) + domain.lowerBound
    }

    @Test(arguments: ElementwiseCase.all)
    func `values are those of the C library`(_ item: ElementwiseCase) throws {
        let x = try inputs(item.domain, 64)
        try expectClose(
            item.ours(x).doubles(), x.doubles().map(item.expected), tolerance: .reference)
    }

    @Test(arguments: ElementwiseCase.all)
    func `single precision is as good as it can be`(_ item: ElementwiseCase) throws {
        let x = try inputs(item.domain, 64).converted(to: .float32)
        let found = try item.ours(x)
        #expect(try found.dataType() == .float32)
        try expectClose(
            found.doubles(), x.doubles().map(item.expected),
            tolerance: .float32(accumulating: 4))
    }

    @Test(arguments: ElementwiseCase.all.filter(\.isSmooth))
    func `gradients are finite differences`(_ item: ElementwiseCase) throws {
        try expectGradients(at: [inputs(item.domain, 16)]) { try item.ours($0[0]) }
    }

    @Test func `halves are rounded to even`() throws {
        let x = try Tensor([0.5, 1.5, 2.5, -0.5, -1.5] as [Double], shape: [5])
        #expect(try x.round().doubles() == [0, 2, 2, 0, -2])
    }

    @Test func `functions stay exact where the plain formula would not`() throws {
        let tiny = try Tensor([1e-20, 3e-12] as [Double], shape: [2])
        #expect(try tiny.expm1().doubles() == [1e-20, Glibc.expm1(3e-12)])
        #expect(try tiny.log1p().doubles() == [1e-20, Glibc.log1p(3e-12)])
        let large = try Tensor([-800, 800] as [Double], shape: [2])
        #expect(try large.logSigmoid().doubles() == [-800, 0])
        #expect(try large.softplus().doubles() == [0, 800])
    }

    @Test func `infinities and NaN are noticed`() throws {
        let x = try Tensor([1, .infinity, .nan, -.infinity] as [Float], shape: [4])
        #expect(try x.isFinite().doubles() == [1, 0, 0, 0])
        #expect(try !x.isAllFinite())
        #expect(try x.slice(0..<1, along: 0).isAllFinite())
        #expect(try Tensor.zeros([0]).isAllFinite())
    }
}
