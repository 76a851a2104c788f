extension LBFGS {
    /// The minimisation of one sample: says which point to evaluate, is told what is there.
    struct Sample: Sendable {
        private enum Phase {
            case starting
            case searching(WolfeSearch)
            case moving(step: Double)
            case finished(Outcome)
        }

        /// The last direction, how far it was followed, and the gradient before.
        private struct Move {
            let direction: Tensor
            let gradient: Tensor
            var step: Double
        }

        /// A line that needs more trials than this is not worth following.
        private static let longestSearch = 25

        /// The point to evaluate next.
        private(set) var trial: Tensor
        /// The point reached.
        private(set) var point: Tensor
        /// Whether an iteration has ended since this was last set to false.
        var hasAdvanced = false

        private let settings: Settings
        private var phase = Phase.starting
        private var history: CurvatureHistory
        private var move: Move?
        private var value = Double.nan
        private var gradient: Tensor
        private var begun = 0
        private var iterations = 0
        private var evaluations = 0
        private var nonFiniteEvaluations = 0
        private var runIterations = 0
        private var runEvaluations = 0

        init(at start: Tensor, _ settings: Settings) {
            self.settings = settings
            trial = start
            point = start
            gradient = start
            history = CurvatureHistory(capacity: settings.historySize)
        }

        var isActive: Bool { outcome == nil }

        private var outcome: Outcome? {
            if case .finished(let outcome) = phase { outcome } else { nil }
        }

        var progress: Progress {
            Progress(
                iterations: iterations, evaluations: evaluations,
                nonFiniteEvaluations: nonFiniteEvaluations, value: value,
                hasAdvanced: hasAdvanced, outcome: outcome)
        }

        /// Begins another run from the point reached.
        mutating func restart() {
            phase = settings.iterations > 0 ? .starting : .finished(.iterationLimit)
            trial = point
            runIterations = 0
            runEvaluations = 0
        }

        /// Takes notice of what is at `trial`.
        ///
        /// - Throws: `TorchError` when the shapes differ.
        mutating func receive(value: Double, gradient: Tensor) throws(TorchError) {
            evaluations += 1
            runEvaluations += 1
            switch phase {
            case .starting: try begin(value, gradient)
            case .searching(let search): try goOn(search, value, gradient)
            case .moving(let step): try arrive(step, value, gradient)
            case .finished: preconditionFailure("the sample has finished")
            }
        }

        private mutating func begin(_ value: Double, _ gradient: Tensor) throws(TorchError) {
            let size = try gradient.magnitude().largest().item()
            guard value.isFinite, size.isFinite else {
                nonFiniteEvaluations += 1
                return finish(.nonFinite)
            }
            self.value = value
            self.gradient = gradient
            if size <= settings.gradientTolerance { return finish(.smallGradient) }
            try iterate()
        }

        /// Starts an iteration: a new direction, and a first step along it.
        private mutating func iterate() throws(TorchError) {
            runIterations += 1
            begun += 1
            if let move {
                try history.add(
                    step: move.direction * move.step, gradientChange: gradient - move.gradient)
            }
            let direction = try history.direction(against: gradient)
            let slope = try gradient.dotProduct(with: direction)
            let step = try firstStep()
            move = Move(direction: direction, gradient: gradient, step: step)
            guard slope <= -settings.changeTolerance else { return finish(.noProgress) }
            switch settings.stepping {
            case .strongWolfe:
                let search = WolfeSearch(
                    from: LinePoint(step: 0, value: value, slope: slope, gradient: gradient),
                    firstStep: step, directionSize: try direction.magnitude().largest().item(),
                    trials: min(settings.evaluations - runEvaluations, Self.longestSearch),
                    changeTolerance: settings.changeTolerance)
                try look(step, .searching(search))
            case .fixed:
                try look(step, .moving(step: step))
                guard runIterations == settings.iterations else { return }
                // Like PyTorch's, the last step of a run is taken without a look at its end.
                point = trial
                advance()
                finish(.iterationLimit)
            }
        }

        /// The first direction is the bare gradient, whose length says nothing about the distance.
        private func firstStep() throws(TorchError) -> Double {
            guard begun == 1 else { return settings.stepSize }
            return try min(1, 1 / gradient.magnitude().sum().item()) * settings.stepSize
        }

        private mutating func look(_ step: Double, _ next: Phase) throws(TorchError) {
            trial = try point(at: step)
            phase = next
        }

        private func point(at step: Double) throws(TorchError) -> Tensor {
            let moved = try point.copy()
            if let move { try moved.accumulate(move.direction, times: step) }
            return moved
        }

        private mutating func goOn(
            _ old: WolfeSearch, _ value: Double, _ gradient: Tensor
        ) throws(TorchError) {
            guard let move else { return }
            var search = old
            let found = LinePoint(
                step: search.step, value: value,
                slope: try gradient.dotProduct(with: move.direction), gradient: gradient)
            if !found.isFinite { nonFiniteEvaluations += 1 }
            search.tell(found)
            guard let result = search.result else {
                return try look(search.step, .searching(search))
            }
            // Nothing finite was found along the whole line.
            if result.step == 0, !found.isFinite { return finish(.nonFinite) }
            point = try point(at: result.step)
            try settle(result.step, result.value, result.gradient)
        }

        private mutating func arrive(
            _ step: Double, _ value: Double, _ gradient: Tensor
        ) throws(TorchError) {
            guard value.isFinite, try gradient.isAllFinite() else {
                nonFiniteEvaluations += 1
                let shorter = step * 0.1
                let isTooShort = try length(of: shorter) <= settings.changeTolerance
                if isTooShort || runEvaluations >= settings.evaluations {
                    return finish(.nonFinite)
                }
                return try look(shorter, .moving(step: shorter))
            }
            point = trial
            try settle(step, value, gradient)
        }

        /// Ends an iteration at the new point, and begins the next or finishes.
        private mutating func settle(
            _ step: Double, _ newValue: Double, _ newGradient: Tensor
        ) throws(TorchError) {
            let change = abs(newValue - value)
            value = newValue
            gradient = newGradient
            move?.step = step
            advance()
            if let outcome = try outcome(change: change, step: step) {
                finish(outcome)
            } else {
                try iterate()
            }
        }

        private func outcome(change: Double, step: Double) throws(TorchError) -> Outcome? {
            if runIterations == settings.iterations { return .iterationLimit }
            if runEvaluations >= settings.evaluations { return .evaluationLimit }
            if try gradient.magnitude().largest().item() <= settings.gradientTolerance {
                return .smallGradient
            }
            let isStill = try length(of: step) <= settings.changeTolerance
            return isStill || change < settings.changeTolerance ? .noProgress : nil
        }

        /// The largest change of a component in a step along the direction.
        private func length(of step: Double) throws(TorchError) -> Double {
            guard let move else { return 0 }
            return try move.direction.magnitude().largest().item() * abs(step)
        }

        private mutating func advance() {
            iterations += 1
            hasAdvanced = true
        }

        private mutating func finish(_ outcome: Outcome) {
            trial = point
            phase = .finished(outcome)
        }
    }
}
