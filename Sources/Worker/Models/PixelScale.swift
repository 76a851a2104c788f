/// Which scale the numbers of pictures have.
package enum PixelScale: Sendable {
    /// 0 for black and 1 for white.
    case unit
    /// What the layers of the model get, after centring or logit.
    case own
}
