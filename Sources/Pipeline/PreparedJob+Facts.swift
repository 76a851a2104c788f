import Arrays
import Jobs
import Models
import Physics
import Reports
import Solvers
import Tensors

extension PreparedJob {
    /// What a report says about the prior, nil where there is none.
    var modelFacts: ModelFacts? {
        prior.map { prior in
            let description = prior.folder.description
            return ModelFacts(
                name: description.name, sha256: description.weights.sha256,
                bitsPerDim: description.bitsPerDimension,
                summary: "\(description.weights.parameters) parameters, "
                    + "\(description.imageShape.map(String.init).joined(separator: "×")), "
                    + "\(description.bits) bits",
                card: prior.folder.card)
        }
    }

    /// Bits per dimension of a restored picture under the prior, nil where it has no density.
    func bitsPerDimension(_ logLikelihood: Double?) -> Double? {
        guard let logLikelihood, let prior, let flow = prior.generator as? Flow else { return nil }
        let windows = Double(imageShape.reduce(1, *)) / Double(flow.dimensions)
        return flow.bitsPerDimension(
            logLikelihood / windows, bits: prior.folder.description.bits)
    }
}

extension PreparedJob {
    /// What `solver` chooses for this job where it is free to, as a report shows it.
    ///
    /// - Throws: `JobFault` when the problem does not fit, or `TorchError`.
    func plan(of solver: any DescribedSolver) throws -> JSONValue {
        try JobFault.at(
            .key("solver")[spec.solver.name], remedy: "choose another solver, or other settings"
        ) {
            try solver.facts(for: problem(0..<measurement.shape[0])).adding(noise.facts)
        }
    }
}

extension JobNoise {
    /// How noise is dealt with that has no closed density or is not wholly known.
    var facts: JSONValue {
        var facts: [JSONValue.Member] = []
        if let sum = model as? NoiseSum {
            facts.append(.init(name: "noise_pictures", value: JSONValue(sum.others.count)))
        }
        if let separation {
            let separation = JSONValue([
                "beta": JSONValue(separation.weight), "slack": JSONValue(separation.slack),
                "variables": .string("\(separation.variables)"),
            ])
            facts.append(.init(name: "separation", value: separation))
        }
        if let unknown = model as? any UnknownNoise {
            facts.append(.init(name: "noise_search_rounds", value: JSONValue(unknown.rounds)))
        }
        return .object(facts)
    }

    /// How the noise is told from the picture; nil where it is what that leaves.
    var separation: Separation? {
        (model as? SeparatedNoise)?.separation ?? (model as? UnplacedFlowNoise)?.separation
    }
}

extension JSONValue {
    /// The object with the members of another.
    func adding(_ other: JSONValue) -> JSONValue {
        guard case .object(let members) = self, case .object(let more) = other else { return self }
        return .object(members + more)
    }

    /// The object with one more member.
    func adding(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members + [.init(name: name, value: value)])
    }
}
