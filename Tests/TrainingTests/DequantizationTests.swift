import Tensors
import Testing
import Training

@Suite struct DequantizationTests {
    /// Every byte, 200 times.
    private func everyByte() throws -> Tensor {
        let bytes = (0..<200).flatMap { _ in (0...255).map(Float.init) }
        return try Tensor(bytes, shape: [200, 1, 16, 16])
    }

    @Test(arguments: 1...8)
    func `values stay in the bin of their byte and below one`(_ bits: Int) throws {
        var noise = RandomStreams(seed: 3)["noise"]
        let values = try Dequantization(bits: bits).dequantized(everyByte(), noise: &noise)
            .floats()
        for (index, value) in values.enumerated() {
            // A byte of b bits is its b highest bits.
            let bin = Float((index % 256) >> (8 - bits)) / Float(1 << bits)
            let isInside = value >= bin && value <= bin + 1 / Float(1 << bits) && value < 1
            if !isInside { Issue.record("byte \(index % 256) became \(value)") }
        }
    }

    @Test func `the noise fills the bins evenly`() throws {
        var noise = RandomStreams(seed: 3)["noise"]
        let bytes = try Tensor.full([100_000], 100)
        let values = try Dequantization(bits: 8).dequantized(bytes, noise: &noise).doubles()
        let parts = values.map { $0 * 256 - 100 }
        let mean = parts.reduce(0, +) / 1e5
        let square = parts.map { $0 * $0 }.reduce(0, +) / 1e5
        // Five standard errors of the moments of U(0, 1).
        #expect(abs(mean - 1 / 2) < 5 * (1.0 / 12 / 1e5).squareRoot())
        #expect(abs(square - 1.0 / 3) < 5 * (4.0 / 45 / 1e5).squareRoot())
    }

    @Test func `fresh noise is drawn every time`() throws {
        var noise = RandomStreams(seed: 3)["noise"]
        let bytes = try Tensor.full([4], 7)
        let first = try Dequantization(bits: 8).dequantized(bytes, noise: &noise).floats()
        let second = try Dequantization(bits: 8).dequantized(bytes, noise: &noise).floats()
        #expect(first != second)
    }
}
