import Arrays
import Models
import Reports

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
        return flow.bitsPerDimension(logLikelihood, bits: prior.folder.description.bits)
    }
}

extension JSONValue {
    /// The object with one more member.
    func adding(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members + [.init(name: name, value: value)])
    }
}
