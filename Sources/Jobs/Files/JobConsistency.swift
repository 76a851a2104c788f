internal import YAML

/// Finds settings that are right each by itself but not together.
struct JobConsistency {
    let spec: JobSpec
    let root: YAMLNode

    func check(_ context: inout ReadingContext) {
        guard root.entries != nil else { return }
        checkPrior(&context)
        if isClean("solver", in: context) {
            for method in methods {
                checkSpace(method, &context)
                checkSolver(method, &context)
                checkSeparation(by: method, &context)
            }
        }
        checkSeparation(&context)
        checkSimulation(&context)
        checkSteps(&context)
        checkNoiseShape(&context)
    }

    /// Whether everything under `keys` was read without a mistake.
    func isClean(_ keys: String..., in context: ReadingContext) -> Bool {
        context.faultyKeys.isDisjoint(with: keys)
    }

    /// One of the methods, and where it stands.
    struct Method {
        let solver: SolverSpec
        let position: YAMLPosition
    }

    private var methods: [Method] {
        let nodes = root["solver"]?.elements ?? []
        return spec.solvers.enumerated().map { index, solver in
            Method(
                solver: solver,
                position: index < nodes.count ? nodes[index].position : position("solver"))
        }
    }

    func position(_ key: String) -> YAMLPosition {
        root[key]?.position ?? root.position
    }

    private func checkPrior(_ context: inout ReadingContext) {
        guard spec.prior == nil, root["prior"] == nil,
            spec.solvers.contains(where: \.needsPrior),
            isClean("solver", "prior", in: context)
        else { return }
        context.report(
            root.position, "prior is missing, and the solver needs one",
            "add prior: the name of a model in Models/, such as faces64")
    }

    private func checkSpace(_ method: Method, _ context: inout ReadingContext) {
        guard method.solver.needsLatentSpace, method.solver.iteration?.space == .image
        else { return }
        context.report(
            method.position, "this solver works on latent variables only",
            "write space: latent, or leave it out")
    }

    private func checkSimulation(_ context: inout ReadingContext) {
        guard isClean("noise", "given", in: context) else { return }
        guard spec.given == .measurement else { return checkSimulatedStrength(&context) }
        for (noise, node) in noises {
            guard case .digits(let digits) = noise, digits.placement == .known else { continue }
            context.report(
                node?.position ?? position("noise"),
                "noise.digits.placement is known, but the measurement is given",
                "list the digits, placement: [{row: 2, column: 34, channel: 0}], write "
                    + "placement: search, or given: truth")
        }
    }

    /// Noise of unknown strength can be taken out, but not be drawn.
    private func checkSimulatedStrength(_ context: inout ReadingContext) {
        guard case .estimate(simulated: nil) = spec.noise.level else { return }
        let (noise, key) = (spec.noise.name, spec.noise.nameOfLevel)
        context.report(
            position("noise"), "noise.\(noise).\(key) is estimate, but the noise has to be drawn",
            "add simulated_\(key): 0.1, or write given: measurement")
    }

    /// Steps that need a picture must not follow one that gives none.
    private func checkSteps(_ context: inout ReadingContext) {
        guard isClean("forward", in: context) else { return }
        let nodes = root["forward"]?.elements ?? []
        var last: String?
        for (index, step) in spec.forward.enumerated() {
            if let last, step.needsPicture {
                let place = index < nodes.count ? nodes[index].position : position("forward")
                context.report(
                    place, "forward[\(index)] needs a picture, but \(last) before it gives none",
                    "put it before \(last)")
            }
            last = step.nameOfVectorStep ?? last
        }
    }

    private func checkNoiseShape(_ context: inout ReadingContext) {
        guard isClean("forward", "noise", in: context),
            let step = spec.forward.lazy.compactMap(\.nameOfVectorStep).first
        else { return }
        for (noise, node) in noises {
            guard let remedy = noise.remedyOnVectors else { continue }
            context.report(
                node?.position ?? position("noise"),
                "this noise needs a picture, but \(step) measures none", remedy)
        }
    }

    /// The components of the noise with their nodes.
    private var noises: [(NoiseSpec, YAMLNode?)] {
        guard case .sum(let parts) = spec.noise else { return [(spec.noise, root["noise"])] }
        let nodes = root["noise"]?.elements ?? []
        return parts.enumerated().map { index, part in
            (part, index < nodes.count ? nodes[index] : nil)
        }
    }
}

extension ForwardSpec {
    /// The name of the step when its result is no picture.
    fileprivate var nameOfVectorStep: String? {
        switch self {
        case .randomMatrix: "random_matrix"
        case .matrix: "matrix"
        case .fourier: "fourier"
        case .identity, .scale, .mask, .blur, .downsample, .sign, .quantize, .grayscale: nil
        }
    }

    /// Whether the step works on pictures only.
    package var needsPicture: Bool {
        switch self {
        case .mask, .blur, .downsample, .grayscale, .fourier: true
        case .identity, .scale, .randomMatrix, .matrix, .sign, .quantize: false
        }
    }
}

extension NoiseSpec {
    /// What to write instead when the measurement is no picture, nil when this fits it too.
    fileprivate var remedyOnVectors: String? {
        switch self {
        case .sine(let sine): sine.axis == .measurements ? nil : "write axis: measurements"
        // A model of noise is one of pictures of noise, wherever they are placed.
        case .radial, .digits, .flow: "choose gaussian, laplace or sine with axis: measurements"
        case .none, .gaussian, .laplace, .studentT, .poisson, .sum: nil
        }
    }
}

extension SolverSpec {
    /// Whether it restores with the model that `prior` names.
    package var needsPrior: Bool {
        switch self {
        case .map, .mle, .asim, .bora, .plugAndPlay, .langevin: true
        case .unfolded, .lasso, .bm3d: false
        }
    }

    /// The settings of the iteration, nil where there are none.
    package var iteration: IterationSpec? {
        switch self {
        case .map(let map): map.iteration
        case .mle(let iteration): iteration
        case .asim(let asim): asim.iteration
        case .bora(let bora): bora.iteration
        case .langevin, .unfolded, .plugAndPlay, .lasso, .bm3d: nil
        }
    }

    /// Whether the method is defined by latent variables alone.
    fileprivate var needsLatentSpace: Bool {
        switch self {
        case .mle, .asim, .bora: true
        case .map, .langevin, .unfolded, .plugAndPlay, .lasso, .bm3d: false
        }
    }
}
