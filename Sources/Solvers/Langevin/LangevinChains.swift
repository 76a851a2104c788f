import Glibc
import Tensors

/// Chains that move side by side, each with random numbers of its own.
///
///     p ← p − h/2 s ∇U;  q ← q + h/2 s p;  p ← c p + √(1 − c²) ξ;  q ← q + h/2 s p;  p ← p − h/2 s ∇U
///
/// with U = −log π, s the scale of the metric and c = exp(−friction · h). Of a Gaussian it draws
/// exactly, whatever the step (Leimkuhler, Matthews 2013). A chain that meets something that is not
/// finite, or gains much energy, goes back, and takes shorter steps from then on.
struct LangevinChains {
    /// Where chains are after a step.
    struct State {
        /// Counts from 1.
        let step: Int
        /// `[chain, channel, height, width]`.
        let picture: Tensor
    }

    private(set) var objective: PortionedObjective
    let plan: Langevin.Plan
    let metric: ChainMetric
    /// One for every chain.
    private(set) var streams: [Generator]
    /// The length of the steps of every chain.
    private var steps: [Double]

    init(
        _ objective: PortionedObjective, _ plan: Langevin.Plan, _ metric: ChainMetric,
        _ streams: [Generator]
    ) {
        self.objective = objective
        self.plan = plan
        self.metric = metric
        self.streams = streams
        steps = Array(repeating: metric.step, count: streams.count)
    }

    /// Moves from `start`, telling `look` about every step.
    ///
    /// - Throws: what `look` throws, or `TorchError`.
    mutating func run(from start: Tensor, look: (State) throws -> Void) throws {
        let first = try objective.evaluate(start, floor: plan.floor(at: 1))
        var place = Place(
            point: start, momentum: try normal(like: start),
            push: try first.gradients.withoutInfinities() * metric.scale, picture: first.picture,
            heights: first.heights)
        for step in 1...plan.steps {
            try move(&place, step)
            try look(State(step: step, picture: place.picture))
        }
    }

    /// One step of all chains.
    private mutating func move(_ place: inout Place, _ step: Int) throws {
        let half = try Tensor.perSample(steps.map { $0 / 2 }, like: place.point)
        let memory = steps.map { exp(-Langevin.Plan.friction * $0) }
        let before = try place.momentum - place.push * half
        let middle = try place.point + metric.scale * before * half
        let after =
            try before * .perSample(memory, like: before)
            + normal(like: before)
            * .perSample(memory.map { (1 - $0 * $0).squareRoot() }, like: before)
        let end = try middle + metric.scale * after * half
        let seen = try objective.evaluate(end, floor: plan.floor(at: step))
        let push = try seen.gradients * metric.scale
        let momentum = try after - push * half
        var gained = zip(seen.heights, place.heights).map { $0 - $1 }
        // Friction and noise change the momentum besides, which is no mistake of the step.
        let halves = [(place.momentum, before), (after, momentum)]
        for (start, end) in halves {
            let (old, new) = (try start.energies(), try end.energies())
            for chain in gained.indices { gained[chain] += new[chain] - old[chain] }
        }
        let isSound = soundness(of: gained, elements: end.count / end.shape[0])
        let next = Place(
            point: end, momentum: momentum, push: push, picture: seen.picture,
            heights: seen.heights)
        if isSound.contains(false) {
            for chain in steps.indices where !isSound[chain] { steps[chain] *= Self.cut }
            let shift =
                plan.floor(at: step) == plan.floor(at: step - 1)
                ? 0 : Self.shift(from: place.heights, to: seen.heights, where: isSound)
            place = try next.where(
                isSound, else: place.turned(momentum: normal(like: end), higherBy: shift))
        } else {
            place = next
        }
        if plan.isCheckpoint(step) { place = try gathered(place) }
    }

    /// By how much −log π of chains that have moved has changed with the noise, the median: that of
    /// chains that have not is still with the noise of before.
    private static func shift(
        from before: [Double], to after: [Double], where isSound: [Bool]
    ) -> Double {
        let changes = isSound.indices.filter { isSound[$0] }.map { after[$0] - before[$0] }.sorted()
        return changes.isEmpty ? 0 : changes[changes.count / 2]
    }

    /// Whether the energy that each chain has gained is no more than what comes of a step that is
    /// short enough, beside that of the others.
    private func soundness(of gained: [Double], elements: Int) -> [Bool] {
        let least = gained.filter(\.isFinite).min() ?? 0
        let limit = least + Self.largestGain * (5 + Double(elements).squareRoot())
        return gained.map { $0.isFinite && $0 <= limit }
    }

    /// Chains that have strayed to where hardly any probability is go on beside one that has not.
    ///
    /// That is done before anything is kept. Of likely places −log π differs by √(elements / 2).
    private func gathered(_ place: Place) throws -> Place {
        // What is no number is nowhere in an order.
        let heights = place.heights.map { $0.isFinite ? $0 : .infinity }
        let order = heights.indices.sorted { heights[$0] < heights[$1] }
        let elements = Double(place.point.count / max(place.point.shape[0], 1))
        let limit =
            heights[order[order.count / 4]] + Self.largestStray * (elements / 2).squareRoot()
        let healthy = order.filter { heights[$0] <= limit }
        guard limit.isFinite, healthy.count < order.count else { return place }
        var sources = Array(heights.indices)
        for (index, chain) in order.filter({ heights[$0] > limit }).enumerated() {
            sources[chain] = healthy[index % healthy.count]
        }
        return try place.elements(at: sources)
    }

    /// Of the energy, in units of √elements, and of five where there are few.
    private static let largestGain = 2.0
    private static let largestStray = 10.0
    private static let cut = 0.7

    private mutating func normal(like point: Tensor) throws(TorchError) -> Tensor {
        let shape = Array(point.shape.dropFirst())
        var rows: [Tensor] = []
        for chain in streams.indices {
            rows.append(try streams[chain].normal(shape, point.dataType(), on: point.device()))
        }
        return try .stacked(rows)
    }
}

extension Objective.Evaluation {
    /// −log π of every chain.
    fileprivate var heights: [Double] { terms.map(\.objective) }
}

extension Tensor {
    /// Half of the square of every sample.
    fileprivate func energies() throws(TorchError) -> [Double] {
        try (square().sumPerSample() * 0.5).doubles()
    }

    /// Zero where it is not finite.
    fileprivate func withoutInfinities() throws(TorchError) -> Tensor {
        try chosen(where: isFinite(), else: filled(with: 0))
    }
}

extension Langevin.Plan {
    /// Whether chains that have strayed are brought back after a step.
    fileprivate func isCheckpoint(_ step: Int) -> Bool {
        step == burnIn / 2 || step == burnIn * 3 / 4 || step == burnIn
    }

    /// The smallest standard deviation of the noise in a step: over the first half of what is not kept
    /// it falls to half of what it was, the noise as it is.
    func floor(at step: Int) -> Double? {
        let progress = Double(step - 1) / Double(max(burnIn / 2, 1))
        return progress < 1 ? softening * pow(0.5, progress) : restingFloor
    }
}
