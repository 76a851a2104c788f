/// Which methods this version can carry out.
///
/// The whole grammar is read and checked; what is not built yet is then refused at its place.
enum Availability {
    static func refusal(of method: String) -> (problem: String, remedy: String) {
        ("uses \(method), which is not available in this version", "choose another method")
    }
}

extension SolverSpec {
    /// The name of what this version cannot carry out, nil when it can.
    package var unavailable: String? {
        switch self {
        case .map, .mle, .asim, .bora, .unfolded, .plugAndPlay, .lasso, .bm3d: nil
        case .langevin: "langevin"
        }
    }
}
