import Glibc
package import Physics
import TensorSupport
package import Tensors
package import Testing

/// What every noise model must obey.
package struct NoiseModelLaws {
    let noise: any NoiseModel
    let clean: Tensor
    let sourceLocation: SourceLocation

    /// The laws of `noise` around the double-precision measurement `clean`, `[batch, …]`.
    package init(
        _ noise: any NoiseModel, clean: Tensor, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        self.noise = noise
        self.clean = clean
        self.sourceLocation = sourceLocation
    }

    private func sample(_ seed: UInt64) throws -> Tensor {
        var generator = Generator(seed: seed)
        return try noise.sample(given: clean, from: &generator)
    }

    /// `[batch]`, of the type of the measurement, each sample by itself.
    package func checkSamplesAreIndependent() throws {
        let y = try sample(1)
        let together = try noise.logDensity(y, given: clean)
        #expect(together.shape == [clean.shape[0]], sourceLocation: sourceLocation)
        let types = try (together.dataType(), clean.dataType())
        #expect(types.0 == types.1, sourceLocation: sourceLocation)
        for index in 0..<clean.shape[0] {
            let rows = index..<index + 1
            let alone = try noise.selecting([index])
                .logDensity(y.slice(rows, along: 0), given: clean.slice(rows, along: 0))
            try expectClose(
                alone, together.slice(rows, along: 0), tolerance: Tolerance(relative: 1e-10),
                "the density of sample \(index) alone", sourceLocation: sourceLocation)
        }
    }

    /// d log p / d f(x) by autograd is that by finite differences.
    package func checkGradient() throws {
        let y = try sample(2)
        try expectGradients(
            at: [clean], tolerance: Tolerance(absolute: 1e-5, relative: 1e-5),
            of: { inputs in try noise.logDensity(y, given: inputs[0]) },
            sourceLocation: sourceLocation)
    }

    /// The same stream gives the same noise, another one gives other noise, unless there is none.
    package func checkStreams() throws {
        try expectClose(
            sample(3), sample(3), tolerance: .exact, "the same stream",
            sourceLocation: sourceLocation)
        let difference = try (sample(3) - sample(4)).magnitude().largest().item()
        #expect((difference > 0) == (noise.character != .exact), sourceLocation: sourceLocation)
    }

    /// ∫ p(y) dy = 1 over measurements of two elements, by the trapezoidal rule out to fourteen
    /// standard deviations.
    package func checkIntegratesToOne() throws {
        let row = try clean.slice(0..<1, along: 0)
        let expected = try row.doubles()
        try #require(expected.count == 2, "the integral is over two elements")
        let std = try noise.deviation(of: row).expanded(to: row.shape).doubles()
        let (count, reach) = (701, 14.0)
        let offsets = (0..<count).map { (2 * Double($0) / Double(count - 1) - 1) * reach }
        let points = offsets.flatMap { a in
            offsets.flatMap { b in [expected[0] + a * std[0], expected[1] + b * std[1]] }
        }
        let shape = [count * count] + clean.shape.dropFirst()
        let densities = try noise.selecting(Array(repeating: 0, count: count * count))
            .logDensity(Tensor(points, shape: shape), given: row.expanded(to: shape))
        let cell = std[0] * std[1] * (offsets[1] - offsets[0]) * (offsets[1] - offsets[0])
        let total = try densities.exp().sum().item() * cell
        #expect(abs(total - 1) < 1e-3, "∫ p = \(total)", sourceLocation: sourceLocation)
    }

    /// Σ p(y) · step² = 1 over measurements of two elements that are whole numbers of steps.
    package func checkSumsToOne(step: Double, count: Int) throws {
        let row = try clean.slice(0..<1, along: 0)
        try #require(row.count == 2, "the sum is over two elements")
        let points = (0..<count).flatMap { a in
            (0..<count).flatMap { b in [Double(a) * step, Double(b) * step] }
        }
        let shape = [count * count] + clean.shape.dropFirst()
        let densities = try noise.logDensity(
            Tensor(points, shape: shape), given: row.expanded(to: shape))
        let total = try densities.exp().sum().item() * step * step
        #expect(abs(total - 1) < 1e-9, "Σ p = \(total)", sourceLocation: sourceLocation)
    }

    /// Mean and standard deviation of many samples are 0 and what `deviation` says.
    package func checkMoments() throws {
        let count = 4000
        let row = try clean.slice(0..<1, along: 0)
        let many = try row.expanded(to: [count] + clean.shape.dropFirst())
        var generator = Generator(seed: 5)
        let drawn =
            try noise.selecting(Array(repeating: 0, count: count))
            .sample(given: many, from: &generator) - many
        let std = try noise.selecting([0]).deviation(of: row).expanded(to: row.shape)
        let standardised = try drawn / std
        let means = try standardised.mean(over: [0]).doubles()
        let squares = try standardised.square().mean(over: [0]).doubles()
        // Six standard errors; those of squares are larger for heavy tails.
        let margin = 6 / Double(count).squareRoot()
        #expect(means.allSatisfy { abs($0) < margin }, sourceLocation: sourceLocation)
        #expect(
            squares.allSatisfy { abs($0 - 1) < 3 * margin }, "\(squares)",
            sourceLocation: sourceLocation)
    }
}
