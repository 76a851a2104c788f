/// The numbers of the method.
///
/// Dabov et al. 2007, table 1 (normal profile), and for strong noise those of the authors' program.
struct FilterProfile: Sendable, Equatable {
    /// Pixels between the blocks that groups are found for.
    let stride: Int
    /// The most blocks in a group, a power of two.
    let groupSize: Int
    /// How far blocks of a group may lie from the first, in pixels, up, down, left and right.
    let reach: Int
    /// The largest mean squared difference of pixels within a group.
    let threshold: Float
    /// Coefficients below so many standard deviations are dropped.
    let cut: Float

    /// The first round.
    static func thresholding(_ deviation: Double) -> FilterProfile {
        isStrong(deviation)
            ? FilterProfile(
                stride: 4, groupSize: 32, reach: 19, threshold: squared(25000), cut: 2.8)
            : FilterProfile(stride: 3, groupSize: 16, reach: 19, threshold: squared(3000), cut: 2.7)
    }

    /// The second round.
    static func weighing(_ deviation: Double) -> FilterProfile {
        FilterProfile(
            stride: isStrong(deviation) ? 4 : 3, groupSize: 32, reach: 19,
            threshold: squared(isStrong(deviation) ? 3500 : 400), cut: 0)
    }

    private static func isStrong(_ deviation: Double) -> Bool { deviation > 40.0 / 255 }

    /// A squared difference of 8-bit levels on the scale of [0, 1].
    private static func squared(_ levels: Float) -> Float { levels / (255 * 255) }
}
