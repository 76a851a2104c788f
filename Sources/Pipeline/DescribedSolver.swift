import Arrays
import Models
import Solvers
import Tensors

/// A solver that can say what it does with a problem.
protocol DescribedSolver: Solver {
    /// What was chosen where the job left it open, as a report shows it.
    ///
    /// - Throws: `SolverError` when the problem does not fit, or `TorchError`.
    func facts(for problem: Problem) throws -> JSONValue
}

extension MAP: DescribedSolver {
    func facts(for problem: Problem) throws -> JSONValue {
        let plan = try plan(for: problem)
        return JSONValue([
            "space": .string("\(plan.space)"), "optimizer": .string("\(plan.optimizer)"),
            "init": .string("\(plan.start)"), "beta": JSONValue(plan.beta),
            "steps": JSONValue(plan.steps),
            "learning_rate": plan.optimizer.told(JSONValue(plan.learningRate)),
            "schedule": plan.optimizer.told(.string(plan.schedule.rawValue)),
            "softening": JSONValue(plan.softening),
            "resting_floor": JSONValue(plan.restingFloor), "scaled": .bool(plan.isScaled),
            "layered": .bool(plan.isLayered),
            "jitter": plan.optimizer.told(JSONValue(plan.jitter)),
            "smoothed": .bool(plan.isSmoothed),
            "restarts": JSONValue(plan.restarts), "finds_beta": .bool(plan.findsBeta),
        ]).adding("windows", windowFacts)
    }

    /// How windows lie, null where the prior sees pictures as a whole.
    private var windowFacts: JSONValue {
        guard let windowShape, let windowBatch else { return .null }
        let windows = settings.windows
        return JSONValue([
            "size": .array(windowShape.dropFirst().map { JSONValue($0) }),
            "overlap": JSONValue(windows.overlap(of: windowShape)),
            "batch": JSONValue(windowBatch),
        ])
    }
}

extension Langevin: DescribedSolver {
    func facts(for problem: Problem) throws -> JSONValue {
        let plan = try plan(for: problem)
        return JSONValue([
            "space": .string("\(plan.space)"), "beta": JSONValue(plan.beta),
            "samples": JSONValue(plan.samples), "chains": JSONValue(plan.chains),
            "steps": JSONValue(plan.steps), "burn_in": JSONValue(plan.burnIn),
            "softening": JSONValue(plan.softening), "resting_floor": JSONValue(plan.restingFloor),
        ])
    }
}

extension NoiseSearch: DescribedSolver {
    func facts(for problem: Problem) throws -> JSONValue {
        let facts = try (solver as? any DescribedSolver)?.facts(for: problem) ?? JSONValue([:])
        // What goes by the strength of the noise is another for every picture.
        return facts.without(["std", "softening"])
    }
}

extension LatentFit: DescribedSolver {
    func facts(for problem: Problem) throws -> JSONValue {
        let plan = try plan(for: problem)
        let facts = JSONValue([
            "optimizer": .string("\(plan.optimizer)"), "init": .string("\(plan.start)"),
            "steps": JSONValue(plan.steps),
            "learning_rate": plan.optimizer.told(JSONValue(plan.learningRate)),
            "restarts": JSONValue(plan.restarts),
            "schedule": plan.optimizer.told(.string(plan.schedule.rawValue)),
            "softening": JSONValue(plan.softening), "resting_floor": JSONValue(plan.restingFloor),
        ])
        return method.weight.map { facts.adding($0, JSONValue(plan.beta)) } ?? facts
    }
}

extension ProximalGradient: DescribedSolver {
    func facts(for problem: Problem) throws -> JSONValue {
        _ = try linearOperator(of: problem)
        let all = try model(like: problem.measurement).folds
        // The same flow in every fold needs to be told once.
        let folds = method == "plug_and_play" ? Array(all.prefix(1)) : all
        func numbers(_ values: [Double]) -> JSONValue { .array(values.map { JSONValue($0) }) }
        return JSONValue([
            "folds": JSONValue(all.count),
            "steps": .array(try folds.map { numbers(try $0.step.doubles()) }),
            "shrinkages": .array(
                try folds.map { numbers(try ($0.proximal as? FlowProximal)?.shrinkages() ?? []) }),
        ])
    }
}

extension Lasso: DescribedSolver {
    func facts(for problem: Problem) throws -> JSONValue {
        _ = try linearOperator(of: problem)
        return JSONValue([
            "lambda": JSONValue(settings.lambda), "basis": .string("\(settings.basis)"),
            "iterations": JSONValue(settings.iterations),
            "tolerance": JSONValue(settings.tolerance),
        ])
    }
}

extension BM3D: DescribedSolver {
    func facts(for problem: Problem) throws -> JSONValue {
        try validate(problem)
        let deviations = try deviations(of: problem)
        let mean = deviations.reduce(0, +) / Double(max(deviations.count, 1))
        return JSONValue(["std": JSONValue(mean)])
    }
}

extension MAP.Settings.Optimizer {
    /// What Adam goes by; null for L-BFGS, which finds steps of its own.
    fileprivate func told(_ setting: JSONValue) -> JSONValue { self == .lbfgs ? .null : setting }
}

extension JSONValue {
    /// The same object without some members.
    fileprivate func without(_ names: Set<String>) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !names.contains($0.name) })
    }
}
