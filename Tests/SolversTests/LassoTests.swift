import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct LassoTests {
    /// A matrix over all values of a picture.
    private struct Matrix: LinearOperator {
        let matrix: Tensor
        let imageShape: [Int]
        let normBound: Double

        init(_ matrix: Tensor, _ imageShape: [Int]) throws {
            self.matrix = matrix
            self.imageShape = imageShape
            // The Frobenius norm is above the largest singular value.
            normBound = try matrix.square().sum().item().squareRoot()
        }

        func outputShape(for shape: [Int]) -> [Int] { [matrix.shape[0]] }

        func apply(_ x: Tensor) throws(TorchError) -> Tensor {
            try x.reshaped(to: [x.shape[0], -1]).matrixProduct(matrix.transposed())
        }

        func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
            try y.matrixProduct(matrix).reshaped(to: [y.shape[0]] + imageShape)
        }
    }

    private func coefficients(of pictures: Tensor, _ basis: Lasso.Basis) throws -> Tensor {
        let shape = Array(pictures.shape.dropFirst())
        return try Lasso(imageShape: shape, settings: .init(basis: basis))
            .coefficients(of: pictures)
    }

    @Test(arguments: Lasso.Basis.allCases)
    func `the bases are orthonormal and lead back`(_ basis: Lasso.Basis) throws {
        for (height, width) in [(8, 8), (16, 28), (12, 7), (64, 64)] {
            let pictures = try randomImages(2, channels: 3, height: height, width: width)
            let c = try coefficients(of: pictures, basis)
            try expectClose(
                c.square().sumPerSample(), pictures.square().sumPerSample(),
                tolerance: Tolerance(relative: 1e-10), "energy")
            // With λ = 0 and the identity, the answer is the picture.
            let settings = Lasso.Settings(lambda: 0, basis: basis)
            let solution = try Lasso(imageShape: [3, height, width], settings: settings).solve(
                Problem(measurement: pictures, forward: Identity(), noise: NoNoise())
            ) { _ in }
            try expectClose(solution.image, pictures, tolerance: Tolerance(absolute: 1e-10))
        }
    }

    @Test func `details of wavelets vanish on cubic polynomials`() throws {
        let x = try Tensor.arange(64, .float64).reshaped(to: [1, 1, 1, 64]) / 64
        let rows = try (x.power(3) - x.square() * 0.3 + x * 0.2).expanded(to: [1, 1, 64, 64])
        let c = try coefficients(of: rows, .wavelet)
        // Of the finest level, but for the border, where the period jumps.
        let finest = try c.slice(32..<60, along: 3).magnitude().largest().item()
        #expect(finest < 1e-10)
        #expect(try c.slice(60..<64, along: 3).magnitude().largest().item() > 1e-3)
    }

    private func expectOptimal(
        _ basis: Lasso.Basis, _ forward: any LinearOperator, _ y: Tensor, imageShape: [Int],
        lambda: Double, solvedWith other: Double? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let settings = Lasso.Settings(
            lambda: other ?? lambda, basis: basis, iterations: 20_000, tolerance: 1e-6)
        let solution = try Lasso(imageShape: imageShape, settings: settings).solve(
            Problem(measurement: y, forward: forward, noise: NoNoise())
        ) { _ in }
        #expect(solution.warnings.isEmpty, sourceLocation: sourceLocation)
        let c = try coefficients(of: solution.image, basis).doubles()
        let residual = try y - forward.apply(solution.image)
        let g = try coefficients(of: forward.adjoint(residual) * 2, basis).doubles()
        var support = 0
        for (c, g) in zip(c, g) {
            #expect(abs(g) <= lambda * (1 + 1e-5), sourceLocation: sourceLocation)
            guard abs(c) > 1e-6 else { continue }
            support += 1
            #expect(
                abs(g - (c > 0 ? lambda : -lambda)) <= 1e-5 * lambda,
                sourceLocation: sourceLocation)
        }
        #expect(support > 0 && support < c.count, sourceLocation: sourceLocation)
    }

    @Test(arguments: Lasso.Basis.allCases, [0.02, 1])
    func `the optimality conditions hold`(_ basis: Lasso.Basis, _ lambda: Double) throws {
        let shape = [2, 8, 8]
        var generator = Generator(seed: 3)
        let pictures = try randomImages(2, channels: 2)
        let matrix = try Matrix(generator.normal([50, 128], .float64), shape)
        for forward in [matrix as any LinearOperator, Halving(), Identity()] {
            try expectOptimal(
                basis, forward, forward.apply(pictures), imageShape: shape, lambda: lambda)
        }
    }

    @Test func `the conditions notice the answer to a slightly other problem`() throws {
        let y = try Halving().apply(randomImages(1, channels: 2))
        withKnownIssue {
            try expectOptimal(
                .cosine, Halving(), y, imageShape: [2, 8, 8], lambda: 0.1, solvedWith: 0.101)
        }
    }

    @Test func `scikit-learn's coefficients are found`() throws {
        let golden = try GoldenTensors("lasso/lasso_dct.npz")
        let shape = [3, 12, 12]
        let matrix = try Matrix(golden["A"], shape)
        let settings = Lasso.Settings(
            lambda: try golden["lam"].item(), iterations: 50_000, tolerance: 1e-9)
        let y = try golden["y"].reshaped(to: [1, -1])
        let solution = try Lasso(imageShape: shape, settings: settings).solve(
            Problem(measurement: y, forward: matrix, noise: NoNoise())
        ) { _ in }
        try expectClose(
            coefficients(of: solution.image, .cosine).element(0), golden["coef"],
            tolerance: Tolerance(absolute: 1e-6), "coefficients")
        try expectClose(
            solution.image.element(0), golden["x_hat"], tolerance: Tolerance(absolute: 1e-6))
        try expectClose(
            solution.terms[0].objective, golden["objective"].item(),
            tolerance: Tolerance(relative: 1e-9), "objective")
    }

    @Test(arguments: Lasso.Basis.allCases)
    func `without mixing the answer is a soft threshold, found at once`(
        _ basis: Lasso.Basis
    ) throws {
        let pictures = try randomImages(2, channels: 2)
        let scale = try Scale(0.5)
        let settings = Lasso.Settings(lambda: 0.2, basis: basis)
        let solution = try Lasso(imageShape: [2, 8, 8], settings: settings).solve(
            Problem(measurement: pictures * 0.5, forward: scale, noise: NoNoise())
        ) { _ in }
        #expect(solution.iterations == [1, 1])
        // s c − λ / 2s in units of s.
        let c = try coefficients(of: pictures, basis).doubles()
        let expected = c.map { ($0 > 0 ? 1 : -1) * max(abs($0) - 0.2 / 2 / 0.25, 0) }
        try expectClose(
            coefficients(of: solution.image, basis).doubles(), expected,
            tolerance: Tolerance(absolute: 1e-12))
    }

    @Test func `single precision stops as well`() throws {
        var generator = Generator(seed: 3)
        let pictures = try randomImages(2, channels: 1, .float32)
        let matrix = try Matrix(generator.normal([40, 64], .float32), [1, 8, 8])
        let solution = try Lasso(imageShape: [1, 8, 8], settings: .init(lambda: 0.01)).solve(
            Problem(
                measurement: matrix.apply(pictures), forward: matrix, noise: NoNoise())
        ) { _ in }
        #expect(solution.warnings.isEmpty)
        #expect(solution.iterations.allSatisfy { $0 < 2000 })
    }

    @Test func `too few iterations are admitted`() throws {
        let pictures = try randomImages(1, channels: 1)
        let settings = Lasso.Settings(lambda: 1e-4, iterations: 3)
        let solution = try Lasso(imageShape: [1, 8, 8], settings: settings).solve(
            Problem(
                measurement: Halving().apply(pictures), forward: Halving(), noise: NoNoise())
        ) { _ in }
        #expect(solution.warnings.count == 1)
    }

    @Test func `what single precision cannot hold ends the search of its picture alone`() throws {
        let pictures = try randomImages(2, channels: 1, .float32)
        var generator = Generator(seed: 3)
        let scale = 1_048_576.0
        let matrix = try Matrix(generator.normal([40, 64], .float32) * scale, [1, 8, 8])
        let settings = Lasso.Settings(lambda: 0.01 * scale * scale)
        func solve(_ measurement: Tensor) throws -> Solution {
            try Lasso(imageShape: [1, 8, 8], settings: settings).solve(
                Problem(measurement: measurement, forward: matrix, noise: NoNoise())
            ) { _ in }
        }
        let measurement = try matrix.apply(pictures)
        let small = try measurement.slice(0..<1, along: 0)
        // The gradient of the other would be beyond 1e40.
        let large = try measurement.slice(1..<2, along: 0) * 1e27
        let both = try solve(.concatenated([small, large], along: 0))
        #expect(both.warnings.map(\.sample) == [1])
        #expect(both.warnings.first?.description.contains("finite objective") == true)
        #expect(both.terms.map(\.objective.isFinite) == [true, false])
        #expect(try both.image.doubles().allSatisfy(\.isFinite))
        try expectClose(
            both.image.element(0).doubles(), solve(small).image.doubles(),
            tolerance: Tolerance(absolute: 0.02))
        #expect(try solve(large).iterations == [0])
    }

    @Test func `a measurement that is not linear is refused`() throws {
        struct Square: ForwardOperator {
            func outputShape(for shape: [Int]) -> [Int] { shape }
            func apply(_ x: Tensor) throws(TorchError) -> Tensor { try x.square() }
        }
        let problem = Problem(
            measurement: try randomImages(1), forward: Square(), noise: NoNoise())
        let error = #expect(throws: SolverError.self) {
            try Lasso(imageShape: [1, 8, 8]).solve(problem) { _ in }
        }
        #expect("\(try #require(error))".contains("not linear"))
    }
}
