extension Flow {
    /// The same flow over pictures that are in its own scale already.
    ///
    /// Its layers get them as they are, without centring or logit, and its log-determinants are
    /// those of the layers alone.
    package var inOwnScale: Flow {
        Flow(
            imageShape: imageShape, support: .unshifted, levels: levels, latents: shapes,
            parameterCount: parameterCount)
    }
}
