/// How pictures are restored.
package enum SolverSpec: Equatable, Sendable {
    case map(MAPSpec)
    case mle(IterationSpec)
    case asim(AsimSpec)
    case bora(BoraSpec)
    case unfolded(UnfoldedSpec)
    case plugAndPlay(PlugAndPlaySpec)
    case lasso(LassoSpec)
    /// BM3D for noise of this standard deviation times a factor; nil takes it from the noise of the
    /// job.
    case bm3d(std: Double?, strength: Double)
    case langevin(LangevinSpec)
}

extension SolverSpec {
    /// The model that the method itself names, nil where it restores with that of `prior`.
    package var network: ModelReference? {
        if case .unfolded(let network) = self { network.model } else { nil }
    }
}

/// The settings that iterative solvers share; nil and `auto` are left to the solver.
package struct IterationSpec: Equatable, Sendable {
    package enum Optimizer: String, CaseIterable, Sendable {
        case auto, adam, lbfgs
    }

    /// The latent variables that the iteration begins with.
    package enum Start: String, CaseIterable, Sendable {
        case auto, zero, observation, random
    }

    /// What is optimised: latent variables or the picture itself.
    package enum Space: String, CaseIterable, Sendable {
        case auto, latent, image
    }

    package var steps: Int?
    package var learningRate: Double?
    package var optimizer: Optimizer
    /// The key is `init`.
    package var start: Start
    /// How often the iteration is begun; the lowest objective is kept.
    package var restarts: Int
    package var space: Space

    package init(
        steps: Int? = nil, learningRate: Double? = nil, optimizer: Optimizer = .auto,
        start: Start = .auto, restarts: Int = 1, space: Space = .auto
    ) {
        self.steps = steps
        self.learningRate = learningRate
        self.optimizer = optimizer
        self.start = start
        self.restarts = restarts
        self.space = space
    }
}

/// Maximum a posteriori.
///
/// Whang, Lei, Dimakis 2021, eq. 4 and 10.
package struct MAPSpec: Equatable, Sendable {
    /// The weight β of the prior.
    package enum Weight: Equatable, Sendable {
        /// What measurements found best for problems of this kind.
        case usual
        /// Found for every picture by the discrepancy principle.
        case auto
        case fixed(Double)
    }

    package var beta: Weight
    /// How pictures that are larger than the model are seen; nil refuses them.
    package var windows: WindowsSpec?
    package var iteration: IterationSpec

    package init(
        beta: Weight = .usual, windows: WindowsSpec? = nil,
        iteration: IterationSpec = IterationSpec()
    ) {
        self.beta = beta
        self.windows = windows
        self.iteration = iteration
    }
}

extension MAPSpec.Weight: ExpressibleByFloatLiteral {
    package init(floatLiteral weight: Double) { self = .fixed(weight) }

    /// The number, where the job has one.
    package var number: Double? { if case .fixed(let weight) = self { weight } else { nil } }
}

/// A least-squares fit with a penalty on the norm of the latent variables.
///
/// Asim, Daniels, Leong, Ahmed, Hand 2020.
package struct AsimSpec: Equatable, Sendable {
    /// The weight γ of the penalty; nil is left to the solver.
    package var gamma: Double?
    /// Whether the norm in the penalty is squared.
    package var isSquared: Bool
    package var iteration: IterationSpec

    package init(
        gamma: Double? = nil, isSquared: Bool = false, iteration: IterationSpec = IterationSpec()
    ) {
        self.gamma = gamma
        self.isSquared = isSquared
        self.iteration = iteration
    }
}

/// A least-squares fit with a penalty on the squared norm of the latent variables.
///
/// Bora, Jalal, Price, Dimakis 2017.
package struct BoraSpec: Equatable, Sendable {
    /// The weight λ of the penalty; nil is left to the solver.
    package var lambda: Double?
    package var iteration: IterationSpec

    package init(lambda: Double? = nil, iteration: IterationSpec = IterationSpec()) {
        self.lambda = lambda
        self.iteration = iteration
    }
}

/// A trained unfolded network.
///
/// Wei, van Gorp, Gonzalez-Carabarin, Freedman, Eldar, van Sloun 2022.
package struct UnfoldedSpec: Equatable, Sendable {
    package var model: ModelReference
    /// Whether the network may be used for another measurement than it was trained for.
    package var allowsMismatch: Bool

    package init(model: ModelReference, allowsMismatch: Bool = false) {
        self.model = model
        self.allowsMismatch = allowsMismatch
    }
}

/// Proximal gradient descent with a flow plugged in: what an unfolded network does, without training.
package struct PlugAndPlaySpec: Equatable, Sendable {
    package var steps: Int
    /// The step μ in units of 1/‖A‖².
    package var step: Double
    /// The shrinkage λ of the latents.
    package var shrinkage: Double

    package init(steps: Int = 20, step: Double = 1, shrinkage: Double = 0.02) {
        self.steps = steps
        self.step = step
        self.shrinkage = shrinkage
    }
}

/// A least-squares fit with a sum of absolute coefficients as penalty.
package struct LassoSpec: Equatable, Sendable {
    package enum Basis: String, CaseIterable, Sendable {
        case dct, wavelet
    }

    package var lambda: Double
    package var basis: Basis

    package init(lambda: Double = 0.01, basis: Basis = .dct) {
        self.lambda = lambda
        self.basis = basis
    }
}

/// Samples of the posterior by annealed Langevin dynamics.
package struct LangevinSpec: Equatable, Sendable {
    /// How many samples are drawn for each picture.
    package var samples: Int
    /// The steps of every chain; nil is left to the solver.
    package var steps: Int?
    /// The weight β of the prior; nil is 1, which is what probabilities are made of.
    package var beta: Double?
    package var space: IterationSpec.Space

    package init(
        samples: Int = 16, steps: Int? = nil, beta: Double? = nil,
        space: IterationSpec.Space = .auto
    ) {
        self.samples = samples
        self.steps = steps
        self.beta = beta
        self.space = space
    }
}
