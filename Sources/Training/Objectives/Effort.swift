import Models

/// How much work goes into judging a model.
package enum Effort: Sendable {
    /// While it is trained.
    case quick
    /// For the model card.
    case thorough

    /// Draws of dequantisation noise that bits per dimension are averaged over.
    var draws: Int {
        switch self {
        case .quick: 1
        case .thorough: 10
        }
    }

    /// How the nearest picture of a generator is searched.
    var projection: Projection {
        switch self {
        case .quick: Projection(steps: 100)
        case .thorough: Projection(steps: 400)
        }
    }
}
