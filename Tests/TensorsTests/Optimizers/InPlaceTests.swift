import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct InPlaceTests {
    private func vector(_ values: [Double]) throws -> Tensor {
        try Tensor(values, shape: [values.count])
    }

    @Test func `long gradients are shortened together, short ones are left alone`() throws {
        let gradients = try [vector([3, 0]), vector([0, 4, 0])]
        #expect(try clipNorm(of: gradients, to: 10) == 5)
        #expect(try gradients[0].doubles() == [3, 0])
        #expect(try clipNorm(of: gradients, to: 1) == 5)
        try expectClose(gradients[0].doubles(), [0.6, 0], tolerance: .float64())
        try expectClose(gradients[1].doubles(), [0, 0.8, 0], tolerance: .float64())
    }

    @Test func `gradients with NaN have the norm NaN and stay as they are`() throws {
        let gradients = try [vector([3, .nan])]
        #expect(try clipNorm(of: gradients, to: 1).isNaN)
        #expect(try gradients[0].doubles()[0] == 3)
    }

    @Test func `content is overwritten, added to and interpolated`() throws {
        let x = try vector([1, 2])
        try x.overwrite(with: vector([3, 5]))
        #expect(try x.doubles() == [3, 5])
        try x.accumulate(vector([1, -1]), times: 2)
        #expect(try x.doubles() == [5, 3])
        try interpolate([x], towards: [vector([1, 7])], weight: 0.25)
        #expect(try x.doubles() == [4, 4])
    }

    @Test func `other shapes are reported and change nothing`() throws {
        let x = try vector([1, 2])
        let other = try vector([1, 2, 3])
        let error = #expect(throws: TorchError.self) { try x.overwrite(with: other) }
        #expect(error?.operation == "overwrite")
        #expect(error?.shapes == [[2], [3]])
        #expect(throws: TorchError.self) { try x.accumulate(other, times: 1) }
        #expect(throws: TorchError.self) { try interpolate([x], towards: [other], weight: 1) }
        #expect(try x.doubles() == [1, 2])
    }

    @Test func `leaves with history can be changed between steps`() throws {
        let x = try vector([1, 2]).leaf()
        let before = try x.square().sum().gradients(of: [x])[0]
        try x.accumulate(before, times: -0.5)
        #expect(try x.doubles() == [0, 0])
        #expect(try x.square().sum().gradients(of: [x])[0].doubles() == [0, 0])
    }
}
