internal import YAML

/// How pictures are measured, as JSON on one line: the same text means the same measurement.
package struct MeasurementText: Equatable, Sendable {
    package let forward: String
    package let noise: String

    /// The text of a measurement that names no files, or where their names are enough.
    package init(forward: [ForwardSpec], noise: NoiseSpec) {
        self.init(forward: forward, noise: noise) { $0.path }
    }

    /// The text for the steps of a measurement, by what it does and not how it was written, and for
    /// its noise.
    ///
    /// - Parameters:
    ///   - forward: the steps.
    ///   - noise: what is added.
    ///   - naming: what stands for a file that a step names, such as the digest of its content.
    /// - Throws: what `naming` throws.
    package init(
        forward: [ForwardSpec], noise: NoiseSpec,
        naming: (FileReference) throws -> String
    ) rethrows {
        let steps = try forward.filter { $0 != .identity }.map { try $0.renamed(naming) }
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
