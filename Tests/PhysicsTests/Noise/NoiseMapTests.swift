import Foundation
import Physics
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct NoiseMapTests {
    static let goldens = "numerics/noise_maps.npz"
    static let picture = Result { try Tensor.zeros([1, 3, 64, 64], .float64) }

    @Test(arguments: [0.05, 0.1, 0.2, 0.3, 0.4])
    func `sine noise has the reference's deviations, row by row`(_ amplitude: Double) throws {
        let name = "sine_row_c\(amplitude.formatted(.number.locale(.init(identifier: "en_US"))))"
        let expected = try GoldenTensors(Self.goldens)["\(name)_k_from_0"]
        let noise = try SineNoise(amplitude: amplitude)
        let std = try noise.standardDeviation(of: Self.picture.get())
        try expectClose(std.reshaped(to: [-1]), expected, tolerance: .reference)
    }

    @Test func `stripes run along rows, columns or measurements`() throws {
        let picture = try Tensor.zeros([2, 2, 3, 4], .float64)
        func map(_ axis: SineNoise.Axis) throws -> Tensor {
            try SineNoise(amplitude: 0.3, axis: axis).standardDeviation(of: picture)
                .expanded(to: picture.shape).element(0)
        }
        func sigma(_ k: Int) -> Double {
            min(max(0.3 * (exp(sin(2 * .pi * Double(k) / 16)) - 1) / (exp(1) - 1), 0.001), 1)
        }
        let places = (0..<24).map { ($0 / 4 % 3, $0 % 4, $0) }
        try expectClose(map(.rows).doubles(), places.map { sigma($0.0) }, tolerance: .reference)
        try expectClose(map(.columns).doubles(), places.map { sigma($0.1) }, tolerance: .reference)
        try expectClose(
            map(.measurements).doubles(), places.map { sigma($0.2) }, tolerance: .reference)
    }

    @Test(arguments: [("0.1", 0.1), ("1", 1.0)])
    func `radial noise has the reference's deviations`(_ name: String, _ amplitude: Double) throws {
        let expected = try GoldenTensors(Self.goldens)["radial_c\(name)"]
        let noise = try RadialNoise(amplitude: amplitude)
        try expectClose(
            noise.standardDeviation(of: Self.picture.get()), expected, tolerance: .reference)
    }

    @Test func `radial noise can have another centre`() throws {
        let noise = try RadialNoise(amplitude: 1, center: (row: 2, column: 5))
        let std = try noise.standardDeviation(of: Tensor.zeros([1, 1, 8, 8], .float64)).doubles()
        #expect(std.firstIndex(of: std.max() ?? 0) == 2 * 8 + 5)
    }

    @Test func `variances of Gaussian noises add`() throws {
        let sum = try GaussianSum([GaussianNoise(std: 0.3), GaussianNoise(std: 0.4)])
        let std = try sum.standardDeviation(of: Self.picture.get()).doubles()
        try expectClose(std, [0.5], tolerance: .reference)
    }

    @Test func `exact measurements are what they should be`() throws {
        var generator = Generator(seed: 1)
        let clean = try randomImages(2)
        let y = try NoNoise().sample(given: clean, from: &generator)
        try expectClose(y, clean, tolerance: .exact)
    }

    @Test(arguments: [0, -1, .nan, .infinity])
    func `settings that are no deviations are refused`(_ value: Double) {
        #expect(throws: PhysicsError.self) { try GaussianNoise(std: value) }
        #expect(throws: PhysicsError.self) { try SineNoise(amplitude: value) }
        #expect(throws: PhysicsError.self) { try SineNoise(amplitude: 1, period: value) }
        #expect(throws: PhysicsError.self) { try RadialNoise(amplitude: 1, decay: value) }
        #expect(throws: PhysicsError.self) { try LaplaceNoise(std: value) }
    }

    @Test func `stripes along rows need a picture`() throws {
        let noise = try SineNoise(amplitude: 0.1)
        let error = #expect(throws: PhysicsError.self) { try noise.validate([2500]) }
        #expect(
            error?.description == """
                sine noise: the shape [2500] does not fit; it must be a picture, or the axis must \
                be measurements
                """)
        try SineNoise(amplitude: 0.1, axis: .measurements).validate([2500])
        #expect(throws: PhysicsError.self) { try RadialNoise(amplitude: 1).validate([2500]) }
    }
}
