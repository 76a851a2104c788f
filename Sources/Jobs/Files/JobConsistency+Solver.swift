internal import YAML

/// Solvers and measurements that do not go together, and settings that would do nothing.
extension JobConsistency {
    func checkSolver(_ method: Method, _ context: inout ReadingContext) {
        checkStepSize(method, &context)
        checkWindows(method, &context)
        checkWeight(method, &context)
        guard isClean("forward", in: context) else { return }
        let nodes = root["forward"]?.elements ?? []
        for (index, step) in spec.forward.enumerated() {
            guard let trouble = method.solver.trouble(with: step) else { continue }
            context.report(
                index < nodes.count ? nodes[index].position : position("forward"),
                trouble.problem, trouble.remedy)
        }
    }

    /// A weight that is found by the strength of the noise needs noise of some strength.
    private func checkWeight(_ method: Method, _ context: inout ReadingContext) {
        guard case .map(let map) = method.solver, map.beta == .auto else { return }
        if map.iteration.optimizer == .lbfgs {
            context.report(
                method.position, "beta: auto changes the objective, which lbfgs cannot follow",
                "write optimizer: adam, or a number for beta")
        }
        guard isClean("noise", in: context), !spec.noise.isGaussian else { return }
        context.report(
            method.position, "beta: auto goes by the standard deviations of Gaussian noise",
            "write a number for beta, or leave it out; auto is for gaussian, sine, radial and sums of "
                + "these")
    }

    private func checkStepSize(_ method: Method, _ context: inout ReadingContext) {
        guard let iteration = method.solver.iteration, iteration.optimizer == .lbfgs,
            iteration.learningRate != nil
        else { return }
        context.report(
            method.position, "learning_rate says nothing to lbfgs, which finds its own steps",
            "leave it out, or write optimizer: adam")
    }
}

extension JobConsistency {
    /// Windows move in every iteration, which needs pixels to move and an optimiser that bears it.
    private func checkWindows(_ method: Method, _ context: inout ReadingContext) {
        guard method.solver.windows != nil, let iteration = method.solver.iteration else { return }
        if iteration.space == .latent {
            context.report(
                method.position, "latent variables are those of one window",
                "write space: image, leave it out, or write windows: none")
        }
        if iteration.optimizer == .lbfgs {
            context.report(
                method.position, "lbfgs cannot follow windows, which move in every iteration",
                "write optimizer: adam, leave it out, or write windows: none")
        }
    }
}

extension NoiseSpec {
    /// Whether it is Gaussian, however strong it is in each place.
    fileprivate var isGaussian: Bool {
        switch self {
        case .gaussian, .sine, .radial: true
        case .sum(let parts): parts.allSatisfy(\.isGaussian)
        case .none, .laplace, .studentT, .poisson, .flow, .digits: false
        }
    }
}

extension SolverSpec {
    /// Why the method cannot undo `step`, and what to do instead; nil when it can.
    fileprivate func trouble(with step: ForwardSpec) -> (problem: String, remedy: String)? {
        switch self {
        case .bm3d where !step.isScaling:
            (
                "bm3d takes out noise and undoes no measurement but scale",
                "choose map, mle, asim, bora or lasso"
            )
        case .lasso where !step.isLinear:
            (
                "lasso needs a measurement that is linear in the picture",
                "choose map, mle, asim or bora"
            )
        case .unfolded where !step.isLinear, .plugAndPlay where !step.isLinear:
            (
                "unfolded and plug_and_play need a measurement that is linear in the picture",
                "choose map, mle, asim or bora"
            )
        case .bm3d, .lasso, .map, .mle, .asim, .bora, .unfolded, .plugAndPlay, .langevin: nil
        }
    }
}

extension ForwardSpec {
    /// Whether every pixel is measured by itself, in the same way.
    fileprivate var isScaling: Bool {
        switch self {
        case .identity, .scale: true
        case .mask, .blur, .downsample, .randomMatrix, .matrix, .sign, .quantize, .fourier,
            .grayscale:
            false
        }
    }

    var isLinear: Bool {
        switch self {
        case .sign, .quantize: false
        case .identity, .scale, .mask, .blur, .downsample, .randomMatrix, .matrix, .fourier,
            .grayscale:
            true
        }
    }
}
