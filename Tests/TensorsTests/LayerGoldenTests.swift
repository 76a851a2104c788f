import TensorSupport
import Tensors
import Testing

/// Operations against PyTorch in Python, values and gradients, element by element.
@Suite(.timeLimit(.minutes(20))) struct LayerGoldenTests {
    typealias Layer = @Sendable ([Tensor]) throws -> Tensor

    static let layers: [String: Layer] = [
        "conv3x3_pad1": { try $0[0].convolved(with: $0[1], bias: $0[2], padding: 1) },
        "conv3x3_stride2_pad1": {
            try $0[0].convolved(with: $0[1], bias: $0[2], stride: 2, padding: 1)
        },
        "conv1x1": { try $0[0].convolved(with: $0[1]) },
        "conv4x4_stride2_pad1": { try $0[0].convolved(with: $0[1], stride: 2, padding: 1) },
        "convtranspose4x4_stride2_pad1": {
            try $0[0].transposeConvolved(with: $0[1], stride: 2, padding: 1)
        },
        "convtranspose4x4_stride1_pad0": { try $0[0].transposeConvolved(with: $0[1]) },
        "conv3x3_padvalue1": {
            try $0[0].padded(left: 1, right: 1, top: 1, bottom: 1, value: 1).convolved(with: $0[1])
        },
        "weightnorm_conv": { try $0[0].weightNormalized(magnitude: $0[1]) },
        "slogdet": { try $0[0].signAndLogDeterminant().logarithm.reshaped(to: [1]) },
        "inverse": { try $0[0].inverse() },
        "solve": { try $0[0].solve($0[1]) },
        "softplus": { try $0[0].softplus() },
        "sigmoid": { try $0[0].sigmoid() },
        "logsigmoid": { try $0[0].logSigmoid() },
        "log_softmax": { try $0[0] - $0[0].logSumExp(over: [1], keepingAxes: true) },
        "linear": { try $0[0].matrixProduct($0[1].transposed()) + $0[2] },
        "leakyrelu0.2": { try $0[0].leakyRelu(slope: 0.2) },
        "avgpool2": { try $0[0].averagePooled(2) },
        "maxpool2": { try largestOfSquares($0[0]) },
        "batchnorm_train": { try $0[0].batchNormalized(scale: $0[1], shift: $0[2]) },
        "batchnorm_eval": { inputs in
            let golden = try GoldenTensors("numerics/layers.npz")
            return try inputs[0].batchNormalized(
                scale: inputs[1], shift: inputs[2],
                moments: (golden["batchnorm_eval_mean"], golden["batchnorm_eval_var"]))
        },
    ]

    private static func largestOfSquares(_ x: Tensor) throws -> Tensor {
        let shape = x.shape
        return try x.reshaped(to: [shape[0], shape[1], shape[2] / 2, 2, shape[3] / 2, 2])
            .largest(over: [3, 5])
    }

    @Test(arguments: layers.keys.sorted())
    func `values and gradients are those of PyTorch`(_ name: String) throws {
        let golden = try GoldenTensors("numerics/layers.npz")
        var inputs: [Tensor] = []
        while let input = try golden.tensor(ifPresent: "\(name)_in\(inputs.count)") {
            inputs.append(try input.leaf())
        }
        let layer = try #require(Self.layers[name])
        let output = try layer(inputs)
        try expectClose(output, golden["\(name)_out"], tolerance: .reference, name)
        let gradients = try (output * golden["\(name)_gout"]).sum().gradients(of: inputs)
        for (index, gradient) in gradients.enumerated() {
            try expectClose(
                gradient, golden["\(name)_grad\(index)"], tolerance: .reference,
                "\(name), gradient \(index)")
        }
    }

    @Test func `every layer of the reference file is tested`() throws {
        let tags = try GoldenTensors("numerics/layers.npz").names
            .filter { $0.hasSuffix("_out") }.map { String($0.dropLast(4)) }
        #expect(tags.sorted() == Self.layers.keys.sorted())
    }

    @Test func `groups and dilation split channels and widen the kernel`() throws {
        var generator = Generator(seed: 3)
        let x = try generator.normal([1, 4, 5, 5], .float64)
        let weight = try generator.normal([2, 2, 3, 3], .float64)
        let grouped = try x.convolved(with: weight, padding: 2, dilation: 2, groups: 2)
        let halves = try (0..<2).map { half in
            try x.slice(2 * half..<2 * half + 2, along: 1)
                .convolved(
                    with: weight.slice(half..<half + 1, along: 0), padding: 2, dilation: 2)
        }
        try expectClose(
            grouped, .concatenated(halves, along: 1), tolerance: .float64(accumulating: 18))
        // A dilated kernel is the kernel with zeros between its elements.
        var wide = [Double](repeating: 0, count: 100)
        for (index, value) in try weight.doubles().enumerated() {
            let (slice, row, column) = (index / 9, index / 3 % 3, index % 3)
            wide[slice * 25 + 10 * row + 2 * column] = value
        }
        let widened = try Tensor(wide, shape: [2, 2, 5, 5])
        try expectClose(
            grouped, x.convolved(with: widened, padding: 2, groups: 2),
            tolerance: .float64(accumulating: 50))
    }
}
