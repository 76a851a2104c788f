import Glibc
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct FourierTests {
    @Test func `transforms are those of NumPy`() throws {
        let golden = try GoldenTensors("numerics/fourier.npz")
        let tolerance = Tolerance(absolute: 1e-12, relative: 1e-14)
        let whole = try golden["picture"].fourier()
        #expect(try whole.dataType() == .complex128)
        try expectClose(whole.realPart(), golden["fft2_re"], tolerance: tolerance)
        try expectClose(whole.imaginaryPart(), golden["fft2_im"], tolerance: tolerance)
        let row = try golden["row"].reshaped(to: [1, 12]).realFourier()
        try expectClose(row.realPart().element(0), golden["rfft_re"], tolerance: tolerance)
        try expectClose(row.imaginaryPart().element(0), golden["rfft_im"], tolerance: tolerance)
    }

    @Test func `a transform is the sum that defines it`() throws {
        let picture = try randomImages(1, height: 3, width: 5).reshaped(to: [3, 5])
        let values = try picture.doubles()
        let found = try (
            picture.fourier().realPart().doubles(), picture.fourier().imaginaryPart().doubles()
        )
        for (u, v) in (0..<3).flatMap({ u in (0..<5).map { (u, $0) } }) {
            var (real, imaginary) = (0.0, 0.0)
            for (row, column) in (0..<3).flatMap({ row in (0..<5).map { (row, $0) } }) {
                let turn = Double(u * row) / 3 + Double(v * column) / 5
                real += values[row * 5 + column] * cos(2 * .pi * turn)
                imaginary -= values[row * 5 + column] * sin(2 * .pi * turn)
            }
            try expectClose(
                [found.0[u * 5 + v], found.1[u * 5 + v]], [real, imaginary],
                tolerance: .reference)
        }
    }

    @Test(arguments: [(4, 6), (5, 7), (1, 3)])
    func `inverse transforms bring the picture back`(_ height: Int, _ width: Int) throws {
        let picture = try randomImages(2, channels: 3, height: height, width: width)
        try expectClose(
            picture.fourier().inverseFourier().realPart(), picture, tolerance: .reference)
        let half = try picture.realFourier()
        #expect(half.shape == [2, 3, height, width / 2 + 1])
        try expectClose(
            half.inverseRealFourier(height: height, width: width), picture,
            tolerance: .reference)
    }

    @Test func `complex tensors have parts, a conjugate and a magnitude`() throws {
        let real = try Tensor([3, 0] as [Double], shape: [2])
        let imaginary = try Tensor([4, -2] as [Double], shape: [2])
        let z = try Tensor.complex(real: real, imaginary: imaginary)
        #expect(try z.magnitude().doubles() == [5, 2])
        #expect(try z.conjugate().imaginaryPart().doubles() == [-4, 2])
        #expect(try (z * z.conjugate()).realPart().doubles() == [25, 4])
        let short = try Tensor.zeros([3], .float64)
        #expect(throws: TorchError.self) { try Tensor.complex(real: real, imaginary: short) }
        #expect(throws: TorchError.self) { try real.imaginaryPart() }
    }

    @Test func `gradients go through transforms`() throws {
        let picture = try randomImages(1, height: 3, width: 4)
        try expectGradients(at: [picture]) { inputs in
            let spectrum = try inputs[0].realFourier()
            return try spectrum.realPart().square() + spectrum.imaginaryPart()
        }
        try expectGradients(at: [picture]) { inputs in
            let spectrum = try inputs[0].fourier()
            return try (spectrum * spectrum.conjugate()).inverseFourier().realPart()
        }
    }

    @Test func `a vector and wrong sizes are reported`() throws {
        let vector = try Tensor.zeros([4])
        #expect(throws: TorchError.self) { try vector.fourier() }
        let half = try Tensor.zeros([2, 2]).realFourier()
        #expect(throws: TorchError.self) { try half.inverseRealFourier(height: 0, width: 2) }
    }
}
