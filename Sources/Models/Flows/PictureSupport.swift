/// Which values the pixels of a model's pictures may have, and how they reach the flow.
package enum PictureSupport: Sendable, Equatable {
    /// Any value; pictures are centred around 0 by subtracting 0.5.
    case everywhere
    /// Any value; the flow models pictures as they are.
    case unshifted
    /// Only (−α/(1 − 2α), 1 + α/(1 − 2α)); pictures go through a logit with the margin α.
    case logit(margin: Double)

    var bijection: any Bijection {
        switch self {
        case .everywhere: Offset(0.5)
        case .unshifted: Chain([])
        case .logit(let margin): Logit(margin: margin)
        }
    }
}
