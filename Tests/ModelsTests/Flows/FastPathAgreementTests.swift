import Foundation
import Models
import TensorSupport
import Tensors
import Testing

/// The terms of MAP and their gradients in single precision, in the fast ways and in libtorch's own.
@Suite(.timeLimit(.minutes(20))) struct FastPathAgreementTests {
    /// What is minimised at a point, and its gradient there.
    private typealias Objective = (Flow, Tensor) throws -> Tensor

    private static let draws: UInt64 = 9

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

    private func point(
        _ flow: Flow, _ count: Int, isLatent: Bool, draw: UInt64
    ) throws -> Tensor {
        var random = RandomStreams(seed: 12 + draw)["points"]
        let z = try random.normal([count, flow.dimensions]) * 0.7
        return isLatent ? z : try withoutGradient { try flow.decode(z).value.clamped(0.01, 0.99) }
    }

    /// How far `fast` and the plain way are from what is exact: of values, and of gradients.
    ///
    /// Of several draws the medians. Deep flows amplify rounding, so that the plain way is itself up to
    /// 10⁻⁴ away; and where a number is 0 up to rounding, a rectifier may turn in one way and not in
    /// the other, which says nothing of either.
    private func medians(
        of objective: Objective, _ fast: Flow, _ plain: Flow, _ exact: Flow, _ count: Int,
        isLatent: Bool
    ) throws -> (fast: [Double], plain: [Double]) {
        var all: [(fast: [Double], plain: [Double])] = []
        for draw in 0..<Self.draws {
            let point = try point(plain, count, isLatent: isLatent, draw: draw)
            let truth = try found(objective, exact, at: point.converted(to: .float64))
            let mine = try found(objective, fast, at: point)
            let other = try FastPaths.$areAvoided.withValue(true) {
                try found(objective, plain, at: point)
            }
            all.append((try distances(mine, truth), try distances(other, truth)))
        }
        func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        return (
            [0, 1].map { part in median(all.map { $0.fast[part] }) },
            [0, 1].map { part in median(all.map { $0.plain[part] }) }
        )
    }

    /// The fast ways are as near to what is exact as the plain way is, or within 10⁻⁵.
    private func check(_ found: (fast: [Double], plain: [Double])) {
        #expect(zip(found.fast, found.plain).allSatisfy { $0 < max(1e-5, 2 * $1) }, "\(found)")
    }

    @Test(arguments: ["mnist", "faces64", "scribbles"], [1, 3])
    func `objective and gradient are the same in both spaces`(_ name: String, _ count: Int) throws {
        let (flow, exact) = (try flow(name), try flow(name, .float64))
        for (isLatent, objective) in [(true, latent), (false, image)] as [(Bool, Objective)] {
            let passes = PassCount()
            try check(
                passes.counting {
                    try medians(of: objective, flow, flow, exact, count, isLatent: isLatent)
                })
            #expect(passes.value > 0)
        }
    }

    @Test func `another flow is noticed`() throws {
        let (flow, other) = (try flow("faces64"), try flow("scribbles"))
        let found = try medians(
            of: latent, other, flow, self.flow("faces64", .float64), 1, isLatent: true)
        withKnownIssue { check(found) }
    }
}
