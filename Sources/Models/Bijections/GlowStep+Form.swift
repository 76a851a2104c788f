extension GlowStep {
    /// What settings and programs do differently in a step.
    package struct Form: Sendable {
        /// How the matrix of the channel mixing is stored.
        package enum Mixing: String, Codable, Sendable {
            /// As it is.
            case plain
            /// As triangular factors.
            case lu
        }

        package var norm: ActNorm.Form
        package var mixing: Mixing
        /// The half that the coupling moves.
        package var moving: ChannelHalf
        /// The scale of the coupling; nil when it is additive.
        package var scale: ScaleMap?
        package var order: AffineCoupling.Form.Order
        package var network: GlowNetwork.Form

        package init(
            norm: ActNorm.Form = .logarithm, mixing: Mixing = .plain,
            moving: ChannelHalf = .first, scale: ScaleMap?,
            order: AffineCoupling.Form.Order = .scaleFirst, network: GlowNetwork.Form = .init()
        ) {
            self.norm = norm
            self.mixing = mixing
            self.moving = moving
            self.scale = scale
            self.order = order
            self.network = network
        }
    }
}
