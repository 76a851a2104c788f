import Jobs
import Solvers

extension MAPSpec {
    /// What a job says about MAP.
    var settings: MAP.Settings {
        var settings = iteration.settings(weight: nil)
        switch beta {
        case .usual: break
        case .fixed(let beta): settings.beta = beta
        case .auto: settings.findsBeta = true
        }
        if let overlap = windows?.overlap { settings.windows.overlap = overlap }
        if let batch = windows?.batch { settings.windows.batch = batch }
        return settings
    }
}

extension IterationSpec {
    /// What a job says about an iteration, with the weight of its prior or penalty.
    func settings(weight: Double?) -> MAP.Settings {
        MAP.Settings(
            beta: weight, steps: steps, learningRate: learningRate, space: chosenSpace,
            optimizer: chosenOptimizer, start: chosenStart, restarts: restarts)
    }

    private var chosenSpace: MAP.Settings.Space { space.chosen }

    private var chosenOptimizer: MAP.Settings.Optimizer {
        switch optimizer {
        case .auto: .auto
        case .adam: .adam
        case .lbfgs: .lbfgs
        }
    }

    private var chosenStart: MAP.Settings.Start {
        switch start {
        case .auto: .auto
        case .zero: .zero
        case .observation: .observation
        case .random: .random
        }
    }
}

extension LangevinSpec {
    /// What a job says about samples.
    var settings: Langevin.Settings {
        Langevin.Settings(samples: samples, steps: steps, beta: beta, space: space.chosen)
    }
}

extension IterationSpec.Space {
    fileprivate var chosen: MAP.Settings.Space {
        switch self {
        case .auto: .auto
        case .latent: .latent
        case .image: .image
        }
    }
}
