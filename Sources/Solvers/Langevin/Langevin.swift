package import Models
package import Tensors

/// Samples of the posterior: pictures as often as measurement and prior together make them likely.
///
///     π(x) ∝ p(y | f(x)) p(x)^β
///
/// Chains begin around the picture that MAP finds, with noise that is softened first, and move by
/// Langevin dynamics with momentum, whose masses are the Fisher information of every coordinate.
///
/// Leimkuhler, Matthews 2013 (BAOAB). <https://doi.org/10.1093/amrx/abs010>; Girolami, Calderhead
/// 2011. <https://doi.org/10.1111/j.1467-9868.2010.00765.x>
package struct Langevin: Solver {
    /// What a user may choose; nil and `auto` are left to the plan.
    package struct Settings: Sendable, Equatable {
        /// The samples of every picture.
        package var samples: Int
        /// The steps of every chain.
        package var steps: Int?
        /// β, the weight of the prior.
        package var beta: Double?
        package var space: MAP.Settings.Space

        package init(
            samples: Int = 16, steps: Int? = nil, beta: Double? = nil,
            space: MAP.Settings.Space = .auto
        ) {
            self.samples = samples
            self.steps = steps
            self.beta = beta
            self.space = space
        }
    }

    /// What finds the place where chains begin.
    let map: MAP
    package let settings: Settings

    /// A sampler with the prior `prior`, which is frozen, and random numbers from `streams`; as many
    /// chains go through the prior at a time as there is `room` for.
    ///
    /// - Throws: `TorchError` when the prior is singular.
    package init(
        prior: Flow, settings: Settings = .init(), streams: RandomStreams,
        room: SampleRoom = .unknown
    ) throws(TorchError) {
        map = try MAP(prior: prior, streams: streams, room: room)
        self.settings = settings
    }

    var prior: Flow { map.prior }

    /// What is known of the noise needs no samples.
    package var scout: any Solver { map }
}
