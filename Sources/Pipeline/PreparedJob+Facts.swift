import Arrays
import Models
import Reports
import Solvers

extension PreparedJob {
    /// What a report says about the prior.
    var modelFacts: ModelFacts {
        let description = prior.folder.description
        return ModelFacts(
            name: description.name, sha256: description.weights.sha256,
            bitsPerDim: description.bitsPerDimension,
            summary: "\(description.weights.parameters) parameters, "
                + "\(description.imageShape.map(String.init).joined(separator: "×")), "
                + "\(description.bits) bits",
            card: prior.folder.card)
    }

    /// Bits per dimension of a restored picture under the prior.
    func bitsPerDimension(_ logLikelihood: Double?) -> Double? {
        logLikelihood.map {
            prior.flow.bitsPerDimension($0, bits: prior.folder.description.bits)
        }
    }
}

extension MAP.Plan {
    /// The plan as a report shows it.
    var facts: JSONValue {
        JSONValue([
            "space": .string("\(space)"), "optimizer": .string("\(optimizer)"),
            "init": .string("\(start)"), "beta": JSONValue(beta), "steps": JSONValue(steps),
            "learning_rate": JSONValue(learningRate), "schedule": .string(schedule.rawValue),
            "softening": JSONValue(softening), "resting_floor": JSONValue(restingFloor),
            "scaled": .bool(isScaled), "layered": .bool(isLayered), "jitter": JSONValue(jitter),
            "smoothed": .bool(isSmoothed), "restarts": JSONValue(restarts),
        ])
    }
}

extension JSONValue {
    /// The object with one more member.
    func adding(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members + [.init(name: name, value: value)])
    }
}
