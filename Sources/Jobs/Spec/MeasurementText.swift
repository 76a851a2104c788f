internal import YAML

/// How pictures are measured, as JSON on one line: the same text means the same measurement.
package struct MeasurementText: Equatable, Sendable {
    package let forward: String
    package let noise: String

    /// The text for the steps of a measurement, by what it does and not how it was written, and for
    /// its noise.
    package init(forward: [ForwardSpec], noise: NoiseSpec) {
        let steps = forward.filter { $0 != .identity }
        self.forward = ForwardSpec.steps.write(steps.isEmpty ? [.identity] : steps).line
        self.noise = NoiseSpec.rule.write(noise).line
    }
}

extension YAMLValue {
    /// The value as JSON on one line.
    var line: String {
        json.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
    }
}
