package import Physics
import TensorSupport
package import Tensors
package import Testing

/// What every linear operator must obey.
package struct LinearOperatorLaws {
    let matrix: any LinearOperator
    let inputShape: [Int]
    let type: DataType
    let sourceLocation: SourceLocation

    /// The laws of `operator` on pictures of `inputShape`, without the batch.
    package init(
        _ linearOperator: any LinearOperator, inputShape: [Int], _ type: DataType = .float64,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        matrix = linearOperator
        self.inputShape = inputShape
        self.type = type
        self.sourceLocation = sourceLocation
    }

    package func check() throws {
        try checkShape()
        try checkDotProducts()
        try checkAdjointByAutograd()
        try checkLinearity()
        try checkNorm()
        try checkPseudoInverse()
        try checkDiagonal()
    }

    /// 1e-5 in single and 1e-12 in double precision.
    private var relative: Double { type == .float64 ? 1e-12 : 1e-5 }

    private func random(_ shape: [Int], _ seed: UInt64) throws -> Tensor {
        var generator = Generator(seed: seed)
        return try generator.normal([2] + shape, type)
    }

    private var outputShape: [Int] {
        get throws { try matrix.outputShape(for: inputShape) }
    }

    package func checkShape() throws {
        let y = try matrix.apply(random(inputShape, 1))
        let expected = try [2] + outputShape
        #expect(y.shape == expected, sourceLocation: sourceLocation)
        let back = try matrix.adjoint(y)
        #expect(back.shape == [2] + inputShape, sourceLocation: sourceLocation)
        let found = try back.dataType()
        #expect(found == type, sourceLocation: sourceLocation)
    }

    /// ⟨Ax, y⟩ = ⟨x, Aᵀy⟩, relative to ‖Ax‖‖y‖, sample by sample.
    package func checkDotProducts() throws {
        let x = try random(inputShape, 2)
        let y = try random(outputShape, 3)
        let product = try matrix.apply(x)
        let left = try (product * y).sumPerSample().doubles()
        let right = try (x * matrix.adjoint(y)).sumPerSample().doubles()
        let sizes = try (product.square().sumPerSample() * y.square().sumPerSample()).sqrt()
            .doubles()
        for sample in 0..<2 {
            #expect(
                abs(left[sample] - right[sample]) <= relative * sizes[sample],
                "dot test of sample \(sample)", sourceLocation: sourceLocation)
        }
    }

    package func checkAdjointByAutograd() throws {
        let leaf = try random(inputShape, 4).leaf()
        let y = try random(outputShape, 5)
        let gradient = try (matrix.apply(leaf) * y).sum().gradients(of: [leaf])[0]
        try expectClose(
            matrix.adjoint(y), gradient, tolerance: Tolerance(relative: relative),
            "the adjoint against autograd", sourceLocation: sourceLocation)
    }

    package func checkLinearity() throws {
        let a = try random(inputShape, 6)
        let b = try random(inputShape, 7)
        try expectClose(
            matrix.apply(a * 2 - b * 3), matrix.apply(a) * 2 - matrix.apply(b) * 3,
            tolerance: Tolerance(relative: 10 * relative), "A(2a − 3b)",
            sourceLocation: sourceLocation)
    }

    /// The largest singular value by the power method is at most the stated bound.
    package func checkNorm() throws {
        var x = try random(inputShape, 8)
        var norm = 0.0
        for _ in 0..<50 {
            let size = try x.square().sum().item().squareRoot()
            let product = try matrix.apply(x / size)
            norm = try product.square().sum().item().squareRoot()
            x = try matrix.adjoint(product)
        }
        #expect(
            norm <= matrix.normBound * (1 + 10 * relative), "‖A‖ is at least \(norm)",
            sourceLocation: sourceLocation)
    }

    /// The four identities of Moore and Penrose, where a pseudo-inverse is claimed.
    package func checkPseudoInverse() throws {
        let x = try random(inputShape, 9)
        let y = try random(outputShape, 10)
        guard let inverse = try matrix.pseudoInverse(y) else { return }
        func restored(_ y: Tensor) throws -> Tensor { try matrix.pseudoInverse(y) ?? y }
        let tolerance = Tolerance(relative: 100 * relative)
        let product = try matrix.apply(x)
        try expectClose(
            matrix.apply(restored(product)), product, tolerance: tolerance, "A A⁺ A",
            sourceLocation: sourceLocation)
        try expectClose(
            restored(matrix.apply(inverse)), inverse, tolerance: tolerance, "A⁺ A A⁺",
            sourceLocation: sourceLocation)
        let other = try random(inputShape, 11)
        let target = try random(outputShape, 12)
        try expectClose(
            (matrix.apply(inverse) * target).sum().item(),
            (y * matrix.apply(restored(target))).sum().item(), tolerance: tolerance, "(A A⁺)ᵀ",
            sourceLocation: sourceLocation)
        try expectClose(
            (restored(product) * other).sum().item(),
            (x * restored(matrix.apply(other))).sum().item(), tolerance: tolerance, "(A⁺ A)ᵀ",
            sourceLocation: sourceLocation)
    }

    package func checkDiagonal() throws {
        let x = try random(inputShape, 13)
        let product = try matrix.apply(x)
        guard let diagonal = try matrix.diagonal(like: product) else { return }
        try expectClose(
            x * diagonal, product, tolerance: Tolerance(relative: relative), "the diagonal",
            sourceLocation: sourceLocation)
    }
}
