import Foundation
import Models

extension ModelSummary {
    /// The summary for people: a line for every fact, and the beginning of the model card.
    package var text: String {
        let head = CardHead(folder.card)
        let lines = facts.flatMap { name, values in
            values.enumerated().map { index, value in
                "\(Self.padded(index == 0 ? name : "", to: 16))\(value)"
            }
        }
        let texts = [head.introduction, head.terms.isEmpty ? "" : "Terms: \(head.terms)"]
        return ([lines.joined(separator: "\n")] + texts.filter { !$0.isEmpty })
            .joined(separator: "\n\n")
    }

    private var facts: [(name: String, values: [String])] {
        [
            ("name", [description.name]), ("folder", [folder.path]),
            ("architecture", [architecture.text]),
            ("pictures", ["\(PictureWords.size(description.imageShape)), \(bits)"]),
            ("latents", [latents]), ("parameters", ["\(description.weights.parameters)"]),
            ("quality", [quality]), ("memory", [memoryText]), ("training", training),
            ("training data", trainingData), ("origin", origin), ("weights", weights),
            ("written by", [description.software]),
        ]
    }

    private var bits: String { "\(description.bits) bits" }

    /// Levels with their shapes, such as `z0 6×32×32`.
    private var latents: String {
        let levels = latentShapes.enumerated().map { level, shape in
            "z\(level) \(shape.map(String.init).joined(separator: "×"))"
        }
        return levels.joined(separator: ", ")
    }

    private var quality: String {
        guard let bitsPerDimension = description.bitsPerDimension else {
            guard let decibels = description.reconstructionPSNR else {
                return "bits per dimension are not known"
            }
            return "\(Self.number(decibels, 2)) dB between validation pictures and the nearest "
                + "that it makes"
        }
        let bits = "\(Self.number(bitsPerDimension, 3)) bits/dim on validation pictures"
        guard let likelihood = description.validationLogLikelihood, likelihood.count == 2 else {
            return bits
        }
        return "\(bits), log p \(Self.number(likelihood[0], 0)) ± "
            + "\(Self.number(likelihood[1], 0)) nats"
    }

    private var memoryText: String {
        let iteration = memory.iteration.map { "\(Self.megabytes($0)) for" } ?? "unknown for"
        return "\(Self.megabytes(memory.weights)) of weights, \(iteration) one iteration of MAP "
            + "on one picture"
    }

    private var training: [String] {
        guard let training = description.training else { return [] }
        return [
            "\(training.steps) steps, \(training.picturesSeen) pictures seen, "
                + "\(Self.number(training.seconds / 3600, 1)) hours"
        ]
    }

    private var trainingData: [String] {
        (description.training?.data ?? [:]).sorted { $0.key < $1.key }
            .map { "\($0.key)  \($0.value)" }
    }

    private var origin: [String] {
        guard let origin = description.origin else { return [] }
        return ["\(origin.file)  \(origin.sha256), from \(origin.format)"] + origin.notes
    }

    private var weights: [String] {
        zip(description.weights.files, sizes).map { file, size in
            "\(file.file)  \(file.sha256), \(Self.megabytes(size))"
        }
    }

    private static func megabytes(_ bytes: Int) -> String {
        "\(number(Double(bytes) / 1e6, 1)) MB"
    }

    private static func number(_ number: Double, _ decimals: Int) -> String {
        String(format: "%.\(decimals)f", number)
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: width - text.count)
    }
}
