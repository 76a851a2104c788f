import Glibc
import Tensors

/// Adam over a batch of independent samples, each with a step size of its own that can be cut.
///
///     m = β₁m + (1 − β₁)g;  v = β₂v + (1 − β₂)g²
///     x = x − rate · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// Kingma, Ba 2015, algorithm 1. <https://arxiv.org/abs/1412.6980>
struct SampleAdam: Sendable {
    private let settings: Adam.Settings
    private var mean: Tensor
    private var square: Tensor
    /// The steps since the moments of each sample began.
    private var ages: [Int]
    /// What the step size of each sample is multiplied by.
    private(set) var cuts: [Double]

    /// An optimiser of points like `point`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(like point: Tensor, _ settings: Adam.Settings = .init()) throws(TorchError) {
        self.settings = settings
        mean = try point.filled(with: 0)
        square = mean
        ages = Array(repeating: 0, count: point.shape[0])
        cuts = Array(repeating: 1, count: point.shape[0])
    }

    /// How `point` moves against `gradients`; samples that are not `allowed` stay, forget their
    /// moments and take half the steps from now on.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    mutating func moved(
        _ point: Tensor, against gradients: Tensor, rate: Double, allowed: [Bool]
    ) throws(TorchError) -> Tensor {
        let zero = try point.filled(with: 0)
        let isAllowed = try Tensor.choosing(allowed, like: point)
        let gradients = try gradients.chosen(where: isAllowed, else: zero)
        for sample in allowed.indices {
            ages[sample] = allowed[sample] ? ages[sample] + 1 : 0
            if !allowed[sample] { cuts[sample] /= 2 }
        }
        mean = try (mean * settings.beta1 + gradients * (1 - settings.beta1))
            .chosen(where: isAllowed, else: zero)
        square = try (square * settings.beta2 + gradients.square() * (1 - settings.beta2))
            .chosen(where: isAllowed, else: zero)
        // Both corrections for the moments' start are numbers per sample.
        let steps = ages.map { Double(max($0, 1)) }
        let rates = try Tensor.perSample(
            zip(steps, cuts).map { rate * $1 / (1 - pow(settings.beta1, $0)) }, like: point)
        let widths = try Tensor.perSample(
            steps.map { (1 / (1 - pow(settings.beta2, $0))).squareRoot() }, like: point)
        return try point - rates * mean / (square.sqrt() * widths + settings.epsilon)
    }
}

extension Tensor {
    /// One number per sample, in a shape that is repeated over a sample's other axes.
    ///
    /// - Throws: `TorchError` when memory is short.
    static func perSample(_ values: [Double], like point: Tensor) throws(TorchError) -> Tensor {
        let axes = Array(repeating: 1, count: max(point.shape.count - 1, 0))
        return try Tensor(values, shape: [values.count] + axes)
            .converted(to: point.dataType()).moved(to: point.device())
    }

    /// A condition that holds for the samples that `flags` are true for.
    ///
    /// - Throws: `TorchError` when memory is short.
    static func choosing(_ flags: [Bool], like point: Tensor) throws(TorchError) -> Tensor {
        try perSample(flags.map { $0 ? 1 : 0 }, like: point).isGreater(than: 0.5)
    }
}
