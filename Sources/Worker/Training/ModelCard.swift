import Foundation
import Jobs
import Models
import YAML

/// The text of a model card: what the model was trained on, how good it is, and how to train it
/// again.
struct ModelCard {
    let plan: TrainingPlan
    let description: ModelDescription
    /// How many validation pictures its numbers are means over.
    let pictures: Int
    let hasSamples: Bool

    /// The card in Markdown.
    var text: String {
        [
            "# \(description.name)", samples, plan.spec.card, terms, numbers, data, again,
        ]
        .compactMap { $0?.trimmingCharacters(in: .newlines) }
        .joined(separator: "\n\n") + "\n"
    }

    private var samples: String? {
        guard hasSamples else { return nil }
        return """
            ![Pictures drawn from the model](\(SampleSheet.fileName))

            Pictures drawn from the model itself, with latents of standard deviation \
            \(plan.spec.temperature).
            """
    }

    private var terms: String? { plan.spec.terms.map { "## Terms\n\n" + $0 } }

    private var numbers: String {
        let shape = description.imageShape
        let facts: [(String, String)] =
            [
                ("architecture", description.architecture.summary),
                ("parameters", "\(description.weights.parameters)"),
                ("pictures", "\(shape[2])×\(shape[1]), \(shape[0] == 1 ? "gray" : "RGB")"),
                ("depth", "\(description.bits) bits"),
                quality, ("training", training),
            ] + noise + task
        let rows = facts.map { "| \($0.0) | \($0.1) |" }
        return "## Numbers\n\n| | |\n|---|---|\n" + rows.joined(separator: "\n")
    }

    /// What only a model of noise has.
    private var noise: [(String, String)] {
        description.noiseZero.map { [("where there is no noise", "\($0.rawValue)")] } ?? []
    }

    /// What only an unfolded network has.
    private var task: [(String, String)] {
        description.restoration.map { task in
            [("measurement", "`\(task.forward)`"), ("noise", "`\(task.noise)`")]
        } ?? []
    }

    private var quality: (String, String) {
        if let bits = description.bitsPerDimension {
            return (
                "bits per dimension",
                "\(number(bits, 3)) on \(pictures) validation pictures, with uniform "
                    + "dequantisation, the mean of ten draws"
            )
        }
        if let restoration = description.restoration {
            return (
                "restoration",
                "\(number(restoration.psnr ?? .nan, 2)) dB, the mean PSNR of \(pictures) validation "
                    + "pictures and what is restored of their measurements"
            )
        }
        return (
            "reconstruction",
            "\(number(description.reconstructionPSNR ?? .nan, 2)) dB, the mean PSNR of "
                + "\(pictures) validation pictures and the nearest that the model can make"
        )
    }

    private var training: String {
        guard let training = description.training else { return "unknown" }
        let hours = number(training.seconds / 3600, 1)
        return "\(training.steps) steps, \(training.picturesSeen) pictures seen, \(hours) hours"
    }

    private var data: String? {
        guard let data = description.training?.data else { return nil }
        let rows = data.sorted { $0.key < $1.key }.map { "| `\($0.key)` | `\($0.value)` |" }
        return "## Training data\n\n| file | SHA-256 |\n|---|---|\n"
            + rows.joined(separator: "\n")
    }

    private var again: String {
        """
        ## Train it again

        Save this as `\(description.name).yaml`, put the data where it says, and run \
        `sluice train \(description.name).yaml`.

        ```yaml
        \(recipe.value.yaml.trimmingCharacters(in: .newlines))
        ```
        """
    }

    /// The recipe without the texts that stand in the card already.
    private var recipe: RecipeSpec {
        var recipe = plan.spec
        recipe.card = nil
        recipe.terms = nil
        return recipe
    }

    private func number(_ value: Double, _ decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }
}
