/// Ways of computing that are faster than libtorch's own operations and agree with them to rounding.
package enum FastPaths {
    /// Whether they are left alone by what this thread computes, so that only libtorch's own
    /// operations are used.
    @TaskLocal package static var areAvoided = false

    /// Told of every fast way that is taken; for tests, which else could compare the plain ways with
    /// themselves.
    @TaskLocal package static var witness: (@Sendable () -> Void)?
}
