import Models
import Tensors

/// Whether the log-determinant of a flow is that of its Jacobian, which autograd writes down.
///
/// That takes as many passes as a picture has values, so it is done on a small picture: the weights
/// of convolutions are the same for every size. It is done in double precision, where nothing
/// hides behind rounding.
struct JacobianCheck {
    private let folder: ModelFolder
    private let streams: RandomStreams

    private static let name = "log-det of the Jacobian"
    /// How many values the smallest picture that the levels allow has at most.
    private static let mostValues = 1024
    /// Up to how many values the picture is larger than that.
    private static let enoughValues = 64
    /// In nats, relative to the log-determinant.
    private static let limit = 1e-6
    /// How many rows of the matrix are computed at a time.
    private static let rows = 64

    init(folder: ModelFolder, seed: UInt64) {
        self.folder = folder
        streams = RandomStreams(seed: seed)
    }

    /// - Throws: `ModelError`, `ParameterError` or `TorchError`.
    func result() throws -> ModelCheck {
        let shape = shape
        let count = shape.reduce(1, *)
        guard count <= Self.mostValues else {
            return .skipped(
                Self.name,
                "its smallest picture has \(count) values, \(Self.mostValues) is the most")
        }
        let flow: Flow
        do {
            flow = try folder.flow(of: folder.weights(), imageShape: shape, .float64)
        } catch {
            guard error is ParameterError else { throw error }
            return .skipped(Self.name, "its weights are for pictures of one size only")
        }
        let x = try picture(of: flow)
        let stated = try withoutGradient { try flow.encode(x).logDeterminant.item() }
        let found = try Self.jacobian(of: flow, at: x).signAndLogDeterminant().logarithm.item()
        return .measured(
            Self.name, abs(stated - found) / max(1, abs(found)), limit: Self.limit,
            "relative error for a picture of \(shape[2])×\(shape[1]) in double precision")
    }

    /// Channels, height and width of the picture.
    private var shape: [Int] {
        let channels = folder.description.imageShape[0]
        var side = max(folder.description.architecture.sideFactor, 2)
        while channels * 4 * side * side <= Self.enoughValues { side *= 2 }
        return [channels, side, side]
    }

    private func picture(of flow: Flow) throws -> Tensor {
        var random = streams["jacobian"]
        let z = try random.normal([1, flow.dimensions], .float64) * 0.7
        return try withoutGradient { try flow.decode(z).value }
    }

    /// ∂z/∂x: one row for every copy of `x` in a batch, from the gradient of one latent each.
    private static func jacobian(of flow: Flow, at x: Tensor) throws -> Tensor {
        let size = flow.dimensions
        let choices = try Tensor.identity(size, .float64)
        let blocks = try stride(from: 0, to: size, by: rows).map { start in
            let count = min(rows, size - start)
            let leaf = try x.expanded(to: [count] + flow.imageShape).contiguous().leaf()
            let chosen = try choices.slice(start..<start + count, along: 0)
            let sum = try (flow.encode(leaf).value * chosen).sum()
            return try sum.gradients(of: [leaf])[0].reshaped(to: [count, size])
        }
        return try .concatenated(blocks, along: 0)
    }
}
