import Arrays
import Models
import TensorSupport
import Tensors
import Testing

/// Converted files of normflows compute what normflows computes.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: PublishedGolden.root != nil, "SLUICE_DATA names no folder with data"))
struct NormflowsGoldenTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let folder: String
        let levels: Int
        var scale = NormflowsSettings.Scale.sigmoid
        /// The class, and its samples among those of the file.
        var label: Int?
        var testDescription: String { "\(folder), class \(label.map(String.init) ?? "none")" }

        var golden: PublishedGolden {
            get throws { try PublishedGolden("normflows_glow", folder) }
        }

        func model() throws -> ConvertedModel {
            var options = ConversionOptions()
            options.scale = scale
            options.label = label
            return try Conversion(format: .normflows, options: options)
                .converted(tensors: golden.checkpoint("model.pt"))
        }

        /// The array `name`, of the samples of this class.
        func array(_ name: String) throws -> Tensor {
            let arrays = try golden.arrays("io.npz")
            guard let label else { return try arrays[name] }
            let labels = try arrays["y"].converted(to: .float64).doubles()
            let indices = labels.indices.filter { labels[$0] == Double(label) }
            return try arrays[name].elements(at: Tensor(indices: indices), along: 0)
        }

        /// Their latents begin with the deepest level.
        func latents(_ name: String, _ suffix: String = "") throws -> Tensor {
            try .concatenated(
                (0..<levels).reversed().map { level in
                    let piece = try array("\(name)\(level)\(suffix)")
                    return try piece.reshaped(to: [piece.shape[0], -1])
                }, along: 1)
        }
    }

    static let cases =
        [
            Case(folder: "glow_additive_c1_k2l2_8", levels: 2),
            Case(folder: "glow_lu_k2l3_16", levels: 3),
            Case(folder: "glow_plainW_netactnorm_exp_k2l2_8", levels: 2, scale: .exponential),
        ] + (0..<5).map { Case(folder: "glow_classes_k2l2_16", levels: 2, label: $0) }

    private let tolerance = Tolerance(absolute: 1e-4)

    @Test(arguments: cases)
    func `double precision agrees`(_ item: Case) throws {
        let flow = try item.model().flow(.float64)
        let x = try item.array("x").converted(to: .float64)
        guard x.shape[0] > 0 else { return }
        // A shift of an actnorm inside a network is rounded when it is converted.
        let isRounded = item.folder.contains("netactnorm")
        let tolerance = Tolerance(absolute: isRounded ? 1e-6 : 1e-9, relative: 1e-8)
        for flow in try [flow, flow.frozenFlow()] {
            let raw = try flow.withoutPriors.encode(x)
            try expectClose(
                raw.value, item.latents("z", "_float64"), tolerance: tolerance, "z")
            try expectClose(
                raw.logDeterminant, item.array("logdet_float64"), tolerance: tolerance, "log-det")
            try expectClose(
                flow.logLikelihood(x), item.array("log_prob_float64"), tolerance: tolerance,
                "log p")
        }
    }

    @Test(arguments: cases)
    func `single precision agrees both ways`(_ item: Case) throws {
        let flow = try item.model().flow().frozenFlow()
        guard try item.array("x").shape[0] > 0 else { return }
        try compare(flow, item)
        let raw = try flow.withoutPriors.decode(item.latents("z"))
        try expectClose(raw.value, item.array("x_forward_of_z"), tolerance: tolerance, "x of z")
        try expectClose(
            raw.logDeterminant, item.array("logdet_forward_of_z"),
            tolerance: Tolerance(absolute: 5e-3), "log-det of z")
        let sample = try flow.withoutPriors.decode(item.latents("z_sample"))
        try expectClose(
            sample.value, item.array("x_of_z_sample"), tolerance: tolerance, "x of a sample")
        try expectClose(
            sample.logDeterminant, item.array("logdet_of_z_sample"),
            tolerance: Tolerance(absolute: 5e-3), "log-det of a sample")
    }

    private func compare(_ flow: Flow, _ item: Case) throws {
        let x = try item.array("x")
        let raw = try flow.withoutPriors.encode(x)
        try expectClose(raw.value, item.latents("z"), tolerance: tolerance, "z")
        try expectClose(flow.encode(x).value, item.latents("eps"), tolerance: tolerance, "ε")
        try expectClose(
            raw.logDeterminant, item.array("logdet"), tolerance: Tolerance(absolute: 5e-3),
            "log-det")
        let likelihood = try flow.logLikelihood(x)
        try expectClose(
            likelihood, item.array("log_prob"), tolerance: Tolerance(absolute: 5e-3), "log p")
        let bits = try likelihood.doubles().map { flow.bitsPerDimension($0, bits: 8) }
        try expectClose(
            bits, item.array("bits_per_dim").doubles(), tolerance: Tolerance(absolute: 1e-4))
    }

    @Test(
        arguments: cases.filter { $0.folder == "glow_lu_k2l3_16" },
        [
            NormflowsSettings.Scale.exponential, .inverseSigmoid,
        ])
    func `another scale is noticed`(_ item: Case, _ scale: NormflowsSettings.Scale) throws {
        var other = item
        other.scale = scale
        let flow = try other.model().flow()
        withKnownIssue { try compare(flow, item) }
    }

    @Test(arguments: cases.filter { $0.label != nil })
    func `another class is noticed`(_ item: Case) throws {
        guard let label = item.label, try item.array("x").shape[0] > 0 else { return }
        var other = item
        other.label = (label + 1) % 5
        let flow = try other.model().flow()
        withKnownIssue { try compare(flow, item) }
    }

    @Test(arguments: cases)
    func `latents of six standard deviations give finite pictures`(_ item: Case) throws {
        try expectFinitePictures(item.model().flow().frozenFlow())
    }

    @Test func `a class must be chosen where there are classes`() throws {
        var item = try #require(Self.cases.last)
        for label in [nil, 5, -1] {
            item.label = label
            let error = #expect(throws: ConversionError.self) { try item.model() }
            #expect("\(error as Any)".contains(label == nil ? "5 classes" : "from 0 to 4"))
        }
        var other = Self.cases[0]
        other.label = 0
        let error = #expect(throws: ConversionError.self) { try other.model() }
        #expect("\(error as Any)".contains("no classes"))
    }
}
