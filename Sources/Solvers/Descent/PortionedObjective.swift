import Tensors

/// An objective of samples that belong together, of which as many as memory has room for are looked at
/// at the same time.
///
/// Each portion is worked on in lanes. What is found is the same as of all at once, to rounding.
struct PortionedObjective {
    /// The objective of all samples.
    let whole: Objective
    private let portions: Portions
    private let isHeavy: Bool
    /// Those of the portions so far: each remembers which ways of computing it can trust.
    private var parts: [Range<Int>: Objective] = [:]

    init(_ whole: Objective, in portions: Portions, isHeavy: Bool) {
        self.whole = whole
        self.portions = portions
        self.isHeavy = isHeavy
    }

    /// Terms and gradients at `point`, with the noise softened to `floor`.
    ///
    /// - Throws: `TorchError` when the shape does not fit, or memory not even a single sample.
    mutating func evaluate(_ point: Tensor, floor: Double?) throws -> Objective.Evaluation {
        let found = try portions.map(point.shape[0]) { samples in
            try part(samples).evaluate(point.slice(samples, along: 0), floor: floor)
        }
        return try found.count == 1 ? found[0] : Objective.Evaluation(joining: found)
    }

    /// The samples for which only libtorch's own operations gave finite values.
    var plainSamples: Set<Int> {
        Set(
            parts.flatMap { samples, objective in
                objective.plainSamples.map { samples.lowerBound + $0 }
            })
    }

    private mutating func part(_ samples: Range<Int>) throws -> Objective {
        if let known = parts[samples] { return known }
        let part = try whole.selecting(samples).inLanes(
            threads: TorchProcess.threads(), isHeavy: isHeavy)
        parts[samples] = part
        return part
    }
}
