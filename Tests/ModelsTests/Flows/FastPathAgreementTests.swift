import Foundation
import Models
import TensorSupport
import Tensors
import Testing

/// The terms of MAP and their gradients in single precision, in the fast ways and in libtorch's own.
@Suite(.timeLimit(.minutes(20))) struct FastPathAgreementTests {
    /// What is minimised at a point, and its gradient there.
    private typealias Objective = (Flow, Tensor) throws -> Tensor

    private static let models = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Models")

    private func flow(_ name: String, _ type: DataType = .float32) throws -> Flow {
        let folder = try ModelFolder(reading: Self.models.appending(path: name).path)
        return try folder.flow(
            of: folder.weights(), imageShape: folder.description.imageShape, type)
    }

    /// ½‖z‖² + 50 ‖decode(z) − ½‖², per sample.
    private func latent(_ flow: Flow, _ z: Tensor) throws -> Tensor {
        let x = try flow.decode(z).value
        return try z.square().sumPerSample() * 0.5 + (x - 0.5).square().sumPerSample() * 50
    }

    /// −log p(x) + 50 ‖x − ½‖², per sample.
    private func image(_ flow: Flow, _ x: Tensor) throws -> Tensor {
        try (x - 0.5).square().sumPerSample() * 50 - flow.logDensity(x)
    }

    /// Value and gradient at a point, in double precision.
    private func found(
        _ objective: Objective, _ flow: Flow, at point: Tensor
    ) throws -> [Tensor] {
        try withGradient {
            let leaf = try point.leaf()
            let values = try objective(flow, leaf)
            let gradient = try values.sum().gradients(of: [leaf])[0]
            return try [values.detached().reshaped(to: [-1, 1]), gradient].map {
                try $0.converted(to: .float64)
            }
        }
    }

    /// The largest ‖a − b‖ / ‖b‖ of a sample, of values and of gradients.
    private func distances(_ a: [Tensor], _ b: [Tensor]) throws -> [Double] {
        try zip(a, b).map { a, b in
            let errors = try (a - b).square().sumPerSample().doubles()
            let sizes = try b.square().sumPerSample().doubles()
            return zip(errors, sizes).map { ($0 / $1).squareRoot() }.max() ?? 0
        }
    }

    private func point(_ flow: Flow, _ count: Int, isLatent: Bool) throws -> Tensor {
        var random = RandomStreams(seed: 12)["points"]
        let z = try random.normal([count, flow.dimensions]) * 0.7
        return isLatent ? z : try withoutGradient { try flow.decode(z).value.clamped(0.01, 0.99) }
    }

    @Test(arguments: ["mnist", "faces64", "scribbles"], [1, 3])
    func `objective and gradient are the same in both spaces`(_ name: String, _ count: Int) throws {
        let (flow, exactFlow) = (try flow(name), try flow(name, .float64))
        for (isLatent, objective) in [(true, latent), (false, image)] as [(Bool, Objective)] {
            let point = try point(flow, count, isLatent: isLatent)
            let passes = PassCount()
            let fast = try passes.counting { try found(objective, flow, at: point) }
            let plain = try FastPaths.$areAvoided.withValue(true) {
                try found(objective, flow, at: point)
            }
            let exact = try found(objective, exactFlow, at: point.converted(to: .float64))
            #expect(passes.value > 0)
            // Deep flows amplify rounding: the plain way is itself about 10⁻⁵ away from what is exact.
            let rounding = try distances(plain, exact)
            let mine = try distances(fast, exact)
            #expect(
                zip(mine, rounding).allSatisfy { $0 < max(1e-5, 2 * $1) }, "\(mine) \(rounding)")
            #expect(try distances(fast, plain).allSatisfy { $0 < 3e-5 })
        }
    }

    @Test func `another flow is noticed`() throws {
        let (flow, other) = (try flow("faces64"), try flow("scribbles"))
        let point = try point(flow, 1, isLatent: true)
        let distances = try distances(
            found(latent, flow, at: point), found(latent, other, at: point))
        withKnownIssue { #expect(distances.allSatisfy { $0 < 3e-5 }) }
    }
}
