/// One half of the channels.
package enum ChannelHalf: Sendable {
    case first, second

    /// The coupling mask that moves this half.
    var mask: CouplingMask {
        switch self {
        case .first: .firstChannels
        case .second: .secondChannels
        }
    }
}
