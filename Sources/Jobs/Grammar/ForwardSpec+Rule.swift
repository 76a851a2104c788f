internal import YAML

extension ForwardSpec {
    /// A list of steps, or a single one.
    static var steps: Rule<[ForwardSpec]> {
        let list = Rule<[ForwardSpec]>.list(of: rule, count: 1...JobSpec.mostParts, named: "steps")
        let single = rule.mapped(to: { [$0] }, from: { $0.first ?? .identity })
        return .first(of: [list, single], write: list.write)
    }

    /// One step.
    static var rule: Rule<ForwardSpec> {
        Rule.choice(pictureSteps + matrixSteps, write: \.choice)
    }

    private static var pictureSteps: [Alternative<ForwardSpec>] {
        [
            .method("identity", "The picture itself.", .identity),
            .method("scale", .number(.above(0, to: 1_000_000)), "Every value times a factor.") {
                .scale($0)
            },
            .method("mask", MaskSpec.rule, "Some pixels only.") { .mask($0) },
            .method("blur", BlurSpec.rule, "A convolution.") { .blur($0) },
            .method("downsample", DownsampleSpec.rule, "Fewer pixels.") { .downsample($0) },
            .method("grayscale", "The mean of the colours.", .grayscale),
        ]
    }

    private static var matrixSteps: [Alternative<ForwardSpec>] {
        [
            .method("random_matrix", RandomMatrixSpec.rule, "Times a random matrix.") {
                .randomMatrix($0)
            },
            .method("matrix", FileForm.rule, "Times the matrix in an NPY file.") {
                .matrix(file: $0.file)
            },
            .method("sign", SignForm.rule, "The sign of every value.") { .sign($0.gradient) },
            .method("quantize", QuantizeForm.rule, "Rounded to so many bits.") {
                .quantize(bits: $0.bits)
            },
            .method("fourier", FourierForm.rule, "The Fourier coefficients a mask keeps.") {
                .fourier($0.mask)
            },
        ]
    }

    /// What a job calls it.
    package var name: String { choice.name }

    private var choice: Choice {
        switch self {
        case .identity: Choice("identity")
        case .scale(let factor): Choice("scale", .number(factor))
        case .mask(let mask): Choice("mask", MaskSpec.rule.write(mask))
        case .blur(let blur): Choice("blur", BlurSpec.rule.write(blur))
        case .downsample(let step): Choice("downsample", DownsampleSpec.rule.write(step))
        case .randomMatrix(let matrix):
            Choice("random_matrix", RandomMatrixSpec.rule.write(matrix))
        case .matrix(let file): Choice("matrix", FileForm.rule.write(FileForm(file: file)))
        case .sign(let gradient): Choice("sign", SignForm.rule.write(SignForm(gradient: gradient)))
        case .quantize(let bits): Choice("quantize", QuantizeForm.rule.write(.init(bits: bits)))
        case .fourier(let mask): Choice("fourier", FourierForm.rule.write(.init(mask: mask)))
        case .grayscale: Choice("grayscale")
        }
    }
}

/// The settings of `matrix`.
private struct FileForm {
    var file = ""

    static var rule: Rule<FileForm> {
        .record(
            FileForm(),
            [.required("file", \.file, .arrayPath, "An NPY file [measurements, pixels].")])
    }
}

/// The settings of `sign`.
private struct SignForm {
    var gradient = SignGradient.identity

    static var rule: Rule<SignForm> {
        .record(
            SignForm(),
            [
                .setting(
                    "gradient", \.gradient, .word(SignGradient.self),
                    "What stands in for the gradient of the sign.")
            ])
    }
}

/// The settings of `quantize`.
private struct QuantizeForm {
    var bits = 8

    static var rule: Rule<QuantizeForm> {
        .record(
            QuantizeForm(), [.required("bits", \.bits, .integer(in: 1...8), "The bit depth.")])
    }
}

/// The settings of `fourier`.
private struct FourierForm {
    var mask = MaskSpec.center(1)

    static var rule: Rule<FourierForm> {
        .record(
            FourierForm(),
            [.required("mask", \.mask, MaskSpec.rule, "Which coefficients are measured.")])
    }
}
