import Jobs
import Solvers

extension IterationSpec {
    /// What a job says about an iteration, with the weight of its prior or penalty.
    func settings(weight: Double?) -> MAP.Settings {
        MAP.Settings(
            beta: weight, steps: steps, learningRate: learningRate, space: chosenSpace,
            optimizer: chosenOptimizer, start: chosenStart, restarts: restarts)
    }

    /// The same with windows.
    func settings(weight: Double?, windows: WindowsSpec?) -> MAP.Settings {
        var settings = settings(weight: weight)
        if let overlap = windows?.overlap { settings.windows.overlap = overlap }
        if let batch = windows?.batch { settings.windows.batch = batch }
        return settings
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
