import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct LinearAlgebraTests {
    private func draw(_ rows: Int, _ columns: Int, seed: UInt64 = 4) throws -> Tensor {
        var generator = Generator(seed: seed)
        return try generator.normal([rows, columns], .float64)
    }

    @Test(arguments: [1, 2, 7, 48])
    func `a matrix times its inverse is the identity`(_ size: Int) throws {
        let a = try draw(size, size)
        let identity = try Tensor.identity(size, .float64)
        let tolerance = Tolerance(absolute: 1e-11)
        try expectClose(a.matrixProduct(a.inverse()), identity, tolerance: tolerance)
        try expectClose(a.solve(identity), a.inverse(), tolerance: tolerance)
    }

    @Test(arguments: [(5, 5), (6, 3), (3, 6)])
    func `the factors of a matrix multiply to it`(_ rows: Int, _ columns: Int) throws {
        let a = try draw(rows, columns)
        let (q, r) = try a.qr()
        let tolerance = Tolerance(absolute: 1e-13)
        try expectClose(q.matrixProduct(r), a, tolerance: tolerance)
        try expectClose(
            q.transposed().matrixProduct(q), .identity(min(rows, columns), .float64),
            tolerance: tolerance)
        try expectClose(r.upperTriangle(), r, tolerance: .exact)
    }

    @Test(arguments: [1, 2, 7, 24])
    func `the factors of elimination multiply to the matrix`(_ size: Int) throws {
        let a = try draw(size, size)
        let (p, l, u) = try a.lu()
        try expectClose(
            p.matrixProduct(l).matrixProduct(u), a, tolerance: Tolerance(absolute: 1e-13))
        try expectClose(
            p.matrixProduct(p.transposed()), .identity(size, .float64), tolerance: .exact)
        try expectClose(l.lowerTriangle(), l, tolerance: .exact)
        #expect(try l.diagonal().doubles() == [Double](repeating: 1, count: size))
        try expectClose(u.upperTriangle(), u, tolerance: .exact)
    }

    @Test func `the determinant of a triangle is the product of its diagonal`() throws {
        let triangle = try draw(6, 6).lowerTriangle()
        let diagonal = try triangle.diagonal()
        let (sign, logarithm) = try triangle.signAndLogDeterminant()
        try expectClose(
            logarithm.item(), diagonal.magnitude().log().sum().item(), tolerance: .reference)
        let negative = try diagonal.doubles().count { $0 < 0 }
        #expect(try sign.item() == (negative.isMultiple(of: 2) ? 1 : -1))
    }

    @Test func `determinants multiply, and rotations have none`() throws {
        let a = try draw(5, 5)
        let b = try draw(5, 5, seed: 9)
        let product = try a.matrixProduct(b).signAndLogDeterminant()
        let parts = try (a.signAndLogDeterminant(), b.signAndLogDeterminant())
        try expectClose(
            product.logarithm, parts.0.logarithm + parts.1.logarithm, tolerance: .reference)
        #expect(try product.sign.item() == parts.0.sign.item() * parts.1.sign.item())
        try expectClose(
            a.qr().orthogonal.signAndLogDeterminant().logarithm.item(), 0,
            tolerance: Tolerance(absolute: 1e-13))
    }

    @Test func `the triangle of a positive definite matrix multiplies to it`() throws {
        let a = try draw(5, 5)
        let square = try a.matrixProduct(a.transposed())
        let l = try square.cholesky()
        try expectClose(
            l.matrixProduct(l.transposed()), square, tolerance: Tolerance(absolute: 1e-12))
        try expectClose(l.lowerTriangle(), l, tolerance: .exact)
    }

    @Test func `a singular matrix is reported by name`() throws {
        let singular = try Tensor.ones([3, 3], .float64)
        let rightSide = try Tensor.ones([3, 1], .float64)
        for (name, operation) in [
            ("inverse", { try singular.inverse() }),
            ("solve", { try singular.solve(rightSide) }),
        ] {
            let error = #expect(throws: TorchError.self) { _ = try operation() }
            #expect(error?.operation == name)
            #expect(error?.shapes.first == [3, 3])
            #expect(error?.message.contains("singular") == true)
        }
        let indefinite = try -Tensor.identity(2)
        let error = #expect(throws: TorchError.self) { try indefinite.cholesky() }
        #expect(error?.operation == "cholesky")
        #expect(try singular.signAndLogDeterminant().logarithm.item() == -.infinity)
    }

    @Test func `matrices that are not square are reported`() throws {
        let a = try draw(2, 3)
        #expect(throws: TorchError.self) { try a.inverse() }
        #expect(throws: TorchError.self) { try a.signAndLogDeterminant() }
        #expect(throws: TorchError.self) { try a.cholesky() }
    }

    @Test func `diagonals and triangles are taken and made`() throws {
        let x = try Tensor.arange(9, .float64).reshaped(to: [3, 3])
        #expect(try x.diagonal().doubles() == [0, 4, 8])
        #expect(try x.diagonal().diagonalMatrix().doubles() == [0, 0, 0, 0, 4, 0, 0, 0, 8])
        #expect(try x.lowerTriangle().doubles() == [0, 0, 0, 3, 4, 0, 6, 7, 8])
        #expect(try x.lowerTriangle(diagonal: -1).doubles() == [0, 0, 0, 3, 0, 0, 6, 7, 0])
        #expect(try x.upperTriangle(diagonal: 1).doubles() == [0, 1, 2, 0, 0, 5, 0, 0, 0])
    }

    @Test func `gradients are finite differences`() throws {
        let a = try draw(4, 4)
        let b = try draw(4, 2, seed: 5)
        let symmetric = try a.matrixProduct(a.transposed()) + Tensor.identity(4, .float64)
        let tolerance = Tolerance(absolute: 1e-6, relative: 1e-6)
        try expectGradients(at: [a], tolerance: tolerance) { try $0[0].inverse() }
        try expectGradients(at: [a], tolerance: tolerance) {
            try $0[0].signAndLogDeterminant().logarithm
        }
        try expectGradients(at: [a, b], tolerance: tolerance) { try $0[0].solve($0[1]) }
        try expectGradients(at: [a], tolerance: tolerance) { try $0[0].qr().orthogonal }
        try expectGradients(at: [symmetric], tolerance: tolerance) { inputs in
            let symmetrized = try (inputs[0] + inputs[0].transposed()) * 0.5
            return try symmetrized.cholesky()
        }
        try expectGradients(at: [b]) { try $0[0].element(0, along: 1).diagonalMatrix() }
        try expectGradients(at: [a]) { try $0[0].lowerTriangle().diagonal() }
    }
}
