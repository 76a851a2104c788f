/// Which methods this version can carry out.
///
/// The whole grammar is read and checked; what is not built yet is then refused at its place.
enum Availability {
    static func refusal(of method: String) -> (problem: String, remedy: String) {
        ("uses \(method), which is not available in this version", "choose another method")
    }
}

extension NoiseSpec {
    /// The name of what this version cannot carry out, nil when it can.
    package var unavailable: String? {
        switch self {
        case .none, .gaussian(.known), .sine, .radial, .laplace, .flow: nil
        case .gaussian(.estimate): "std: estimate"
        case .studentT: "student_t"
        case .poisson: "poisson"
        case .digits(let digits): digits.placement == .search ? "placement: search" : nil
        case .sum: "a sum of noises"
        }
    }
}

extension SolverSpec {
    /// The name of what this version cannot carry out, nil when it can.
    package var unavailable: String? {
        switch self {
        case .map: nil
        case .mle: "mle"
        case .asim: "asim"
        case .bora: "bora"
        case .unfolded: "unfolded"
        case .lasso: "lasso"
        case .bm3d: "bm3d"
        case .langevin: "langevin"
        }
    }
}
