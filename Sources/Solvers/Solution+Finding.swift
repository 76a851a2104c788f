extension Solution {
    /// What was found out about the noise of one picture.
    package enum Finding: Sendable, Equatable {
        /// Its standard deviation.
        case deviation(Double)
        /// How strong noise of a known shape is.
        case amplitude(Double)
        /// Where the pictures of its model lie.
        case patches([NoisePatch])
    }
}
