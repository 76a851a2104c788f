import Foundation
import Models

/// What a conversion gave, for people.
package struct ConversionOutcome {
    /// Where the model is.
    package let folder: String
    /// The architecture in words.
    package let architecture: String
    /// Numbers that training would change.
    package let parameters: Int
    /// What was detected or decided on the way, one sentence each.
    package let notes: [String]
    /// What the self-test measured.
    package let report: [String]

    init(_ model: ConvertedModel, folder: String, report: [String]) throws {
        self.folder = folder
        architecture = model.architecture.summary
        parameters = try model.generator().parameters
        notes = model.notes
        self.report = report
    }

    /// Everything, line by line.
    package var lines: [String] {
        ["\(architecture), \(parameters) parameters"] + notes + report
    }
}

extension SelfTestReport {
    /// What was measured, line by line.
    var lines: [String] {
        var lines = [
            "self-test: pictures come back to \(pictureError.short), latents to "
                + latentError.short,
            "self-test: volumes there and back cancel to \(volumeError.short) nats",
        ]
        if let jacobianError {
            lines.append(
                "self-test: volumes are those of the Jacobian to \(jacobianError.short) nats")
        }
        return lines + ["self-test: latents of six standard deviations give finite pictures"]
    }
}

extension Double {
    /// Two digits, as in `1.2e-07`.
    fileprivate var short: String { String(format: "%.1e", self) }
}
