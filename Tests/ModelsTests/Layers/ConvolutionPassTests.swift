import Models
import TensorSupport
import Tensors
import Testing

/// Three convolutions in one pass do what they do one after the other.
@Suite struct ConvolutionPassTests {
    struct Size: Sendable {
        var batch = 2
        var inputs = 3
        var hidden = 10
        var outputs = 5
        var height = 6
        var width = 4
        var lastFloor = 0.0
    }

    private static let sizes = [
        Size(), Size(batch: 1, inputs: 1, outputs: 1), Size(height: 1, width: 1),
        Size(height: 1, width: 7), Size(hidden: 33, outputs: 12, height: 16, width: 16),
        Size(batch: 5, inputs: 6, hidden: 96, outputs: 12, height: 8, width: 8),
        // So many numbers that pictures go through a residual network in groups.
        Size(batch: 10, inputs: 2, hidden: 48, outputs: 4, height: 28, width: 28),
        // Sides that are no multiple of the side of a tile, and so few pixels that there are no tiles.
        Size(batch: 3, hidden: 48, height: 7, width: 7),
        Size(batch: 1, inputs: 5, hidden: 48, outputs: 8, height: 7, width: 7),
        Size(hidden: 16, height: 13, width: 9), Size(hidden: 32, height: 30, width: 5),
        Size(hidden: 64, height: 9, width: 14), Size(hidden: 80, height: 10, width: 10),
        Size(hidden: 96, height: 11, width: 13), Size(hidden: 48, height: 5, width: 5),
        // Channels that are no multiple of a vector.
        Size(hidden: 40, height: 9, width: 11),
        Size(lastFloor: -0.3), Size(lastFloor: 0.2),
        // Few pixels: among very many numbers one is so close to 0 that rounding decides its rectifier.
        Size(hidden: 600, height: 3, width: 4),
    ]

    private func stack(_ size: Size, seed: UInt64 = 3) throws -> ConvolutionStack {
        var generator = Generator(seed: seed)
        func convolution(_ inputs: Int, _ outputs: Int, _ side: Int) throws -> Convolution {
            Convolution(
                weight: try generator.normal([outputs, inputs, side, side])
                    / Double(inputs * side * side).squareRoot(),
                bias: try generator.normal([outputs]))
        }
        return try ConvolutionStack(
            [
                convolution(size.inputs, size.hidden, 3), convolution(size.hidden, size.hidden, 1),
                convolution(size.hidden, size.outputs, 3),
            ], lastFloor: size.lastFloor)
    }

    /// The largest difference of values and of gradients, in units of the largest number.
    private func differences(
        _ size: Size, _ network: (Tensor) throws -> Tensor, _ reference: (Tensor) throws -> Tensor
    ) throws -> [Double] {
        var generator = Generator(seed: 4)
        // Half of the channels of a picture, as couplings give it.
        let whole = try generator.normal([size.batch, 2 * size.inputs, size.height, size.width])
            .channelsLast()
        let x = try whole.slice(size.inputs..<2 * size.inputs, along: 1)
        let weight = try generator.normal([size.batch, size.outputs, size.height, size.width])
        func values(_ network: (Tensor) throws -> Tensor) throws -> [Tensor] {
            try withGradient {
                let leaf = try whole.leaf()
                let held = try leaf.slice(size.inputs..<2 * size.inputs, along: 1)
                let output = try network(held)
                return try [network(x), (output * weight).sum().gradients(of: [leaf])[0]]
            }
        }
        return try zip(values(network), values(reference)).map { mine, theirs in
            let scale = try theirs.magnitude().doubles().max() ?? 1
            return (try (mine - theirs).magnitude().doubles().max() ?? 0) / max(scale, 1e-30)
        }
    }

    @Test(arguments: sizes) func `it agrees with convolution after convolution`(
        _ size: Size
    ) throws {
        let stack = try stack(size)
        let found = try differences(
            size, { try passing { try stack.output(for: $0) }($0) },
            { try stack.outputOneByOne(for: $0) })
        #expect(found.allSatisfy { $0 < 1e-5 }, "\(found)")
    }

    /// `network`, which is seen to take a pass: else it would be compared with itself.
    private func passing(
        _ network: @escaping (Tensor) throws -> Tensor
    ) -> (Tensor) throws -> Tensor {
        { x in
            let count = PassCount()
            defer { #expect(count.value == 1) }
            return try count.counting { try network(x) }
        }
    }

    private func residual(
        _ size: Size, blocks: Int, rowsForColumns: Bool = false
    ) throws -> FrozenResidualNetwork {
        var generator = Generator(seed: 6)
        func convolution(_ inputs: Int, _ outputs: Int, _ side: Int) throws -> Convolution {
            let weight =
                try generator.normal([outputs, inputs, side, side])
                / Double(inputs * side * side).squareRoot()
            return Convolution(
                weight: rowsForColumns ? try weight.permuted([0, 1, 3, 2]) : weight,
                bias: side == 1 ? nil : try generator.normal([outputs]))
        }
        return try FrozenResidualNetwork(
            input: convolution(size.inputs, size.hidden, 3),
            blocks: (0..<blocks).map { _ in
                .init(
                    first: try convolution(size.hidden, size.hidden, 3),
                    second: try convolution(size.hidden, size.hidden, 1))
            }, output: convolution(size.hidden, size.outputs, 3))
    }

    @Test(arguments: sizes, [0, 1, 3]) func `a residual network agrees as well`(
        _ size: Size, _ blocks: Int
    ) throws {
        let network = try residual(size, blocks: blocks)
        let found = try differences(
            size, { try passing { try network.output(for: $0) }($0) },
            { try network.outputOneByOne(for: $0) })
        #expect(found.allSatisfy { $0 < 1e-5 }, "\(found)")
    }

    @Test func `on several threads it is the same`() throws {
        let size = Size(batch: 1, inputs: 6, hidden: 512, outputs: 12, height: 32, width: 32)
        let stack = try stack(size)
        let network = try residual(size, blocks: 1)
        // However many cores there are, and whatever other tests ask for.
        func outputs(threads: Int) throws -> [Tensor] {
            try TorchProcess.withThreads(threads) {
                #expect(try TorchProcess.threads() == threads)
                return [
                    try stack.output(for: .ones([1, 6, 32, 32])),
                    try network.output(for: .ones([1, 6, 32, 32])),
                ]
            }
        }
        let alone = try outputs(threads: 1)
        // Halves consist of the same blocks of pixels, thirds do not.
        for (threads, tolerance) in [(2, Tolerance.exact), (3, Tolerance(relative: 1e-5))] {
            for (shared, alone) in zip(try outputs(threads: threads), alone) {
                try expectClose(shared, alone, tolerance: tolerance, "\(threads) threads")
            }
        }
    }

    @Test func `the comparison notices other weights and other floors`() throws {
        let size = Size()
        let others = [
            try stack(size, seed: 5), try stack(Size(lastFloor: 0.5)),
        ]
        let stack = try stack(size)
        for other in others {
            withKnownIssue {
                let found = try differences(
                    size, { try other.output(for: $0) }, { try stack.outputOneByOne(for: $0) })
                #expect(found.allSatisfy { $0 < 1e-5 })
            }
        }
    }

    @Test func `the comparison notices a residual network with rows for columns`() throws {
        let size = Size(hidden: 48, height: 7, width: 7)
        let network = try residual(size, blocks: 1)
        let other = try residual(size, blocks: 1, rowsForColumns: true)
        withKnownIssue {
            let found = try differences(
                size, { try other.output(for: $0) }, { try network.outputOneByOne(for: $0) })
            #expect(found.allSatisfy { $0 < 1e-5 })
        }
    }

    @Test func `what is not a number is passed on, not swallowed`() throws {
        let stack = try stack(Size())
        let x = try Tensor.full([2, 3, 6, 4], .nan)
        #expect(try stack.output(for: x).doubles().allSatisfy { $0.isNaN })
    }

    @Test func `double precision goes the plain way`() throws {
        let stack = try stack(Size())
        let x = try Tensor.ones([2, 3, 6, 4])
        #expect(try stack.output(for: x).dataType() == .float32)
        #expect(throws: TorchError.self) { try stack.output(for: x.converted(to: .float64)) }
    }

    @Test func `a picture with other channels is an error`() throws {
        let stack = try stack(Size())
        #expect(throws: TorchError.self) { try stack.output(for: .ones([2, 4, 6, 4])) }
    }
}
