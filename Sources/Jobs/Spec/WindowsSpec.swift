/// How windows lie over pictures that are larger than those of the prior.
package struct WindowsSpec: Equatable, Sendable {
    /// The pixels that a window shares with the next; nil is left to the solver.
    package var overlap: Int?
    /// The windows that are looked at together; nil is left to the solver.
    package var batch: Int?

    package init(overlap: Int? = nil, batch: Int? = nil) {
        self.overlap = overlap
        self.batch = batch
    }
}

extension SolverSpec {
    /// The windows that pictures larger than the model are seen through, nil where there are none.
    package var windows: WindowsSpec? {
        if case .map(let map) = self { map.windows } else { nil }
    }
}
