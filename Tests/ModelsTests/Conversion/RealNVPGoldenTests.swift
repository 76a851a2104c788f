import Arrays
import Models
import TensorSupport
import Tensors
import Testing

/// Converted files of chrischute/real-nvp compute what it computes.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: PublishedGolden.root != nil, "SLUICE_DATA names no folder with data"))
struct RealNVPGoldenTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let folder: String
        let file: String
        let side: Int
        var testDescription: String { "\(folder)/\(file)" }

        func model() throws -> ConvertedModel {
            var options = ConversionOptions()
            options.size = [side, side]
            return try Conversion(format: .realNVP, options: options)
                .converted(tensors: PublishedGolden("realnvp", folder).checkpoint(file))
        }

        func arrays() throws -> GoldenTensors {
            try PublishedGolden("realnvp", folder).arrays("io.npz")
        }
    }

    static let cases = [
        Case(folder: "s2_c3_m8_b1_16", file: "best.pth.tar", side: 16),
        Case(folder: "s2_c3_m8_b1_16", file: "best_dataparallel_legacy.pth.tar", side: 16),
        Case(folder: "s2_c3_m8_b1_16", file: "best_parametrizations.pth.tar", side: 16),
        Case(folder: "s3_c1_m8_b2_28", file: "best.pth.tar", side: 28),
    ]

    private let logit = Logit(margin: 0.05)
    private let tolerance = Tolerance(absolute: 1e-4)

    /// Our latents where its program has them: put back into the picture.
    private func layout(_ z: Tensor, of flow: Flow) throws -> Tensor {
        var pieces = try flow.split(z)
        var picture = pieces.removeLast()
        for piece in pieces.reversed() {
            let corners = try Tensor.concatenated([picture, piece], along: 1)
            picture = try Squeeze(.byChannel).decode(CornerGrouping().decode(corners).value).value
        }
        return picture
    }

    /// The opposite of `layout`.
    private func latents(_ picture: Tensor, of flow: Flow) throws -> Tensor {
        var rest = picture
        var pieces: [Tensor] = []
        for _ in flow.latentShapes.dropLast() {
            let corners = try CornerGrouping().encode(Squeeze(.byChannel).encode(rest).value).value
            let half = corners.shape[1] / 2
            pieces.append(try corners.slice(half..<2 * half, along: 1))
            rest = try corners.slice(0..<half, along: 1)
        }
        return try .concatenated(
            (pieces + [rest]).map { try $0.reshaped(to: [$0.shape[0], -1]) }, along: 1)
    }

    @Test(arguments: cases)
    func `double precision agrees`(_ item: Case) throws {
        let golden = try item.arrays()
        let flow = try item.model().flow(.float64)
        let x = try logit.decode(golden["y_logit"].converted(to: .float64))
        for flow in try [flow, flow.frozenFlow()] {
            let mapped = try flow.encode(x.value)
            try expectClose(
                layout(mapped.value, of: flow), golden["z_float64"],
                tolerance: Tolerance(absolute: 1e-9, relative: 1e-9), "z")
            try expectClose(
                mapped.logDeterminant + x.logDeterminant, golden["sldj_flows_float64"],
                tolerance: Tolerance(absolute: 1e-8, relative: 1e-9), "log-det")
        }
    }

    @Test(arguments: cases)
    func `single precision agrees both ways`(_ item: Case) throws {
        let golden = try item.arrays()
        let flow = try item.model().flow().frozenFlow()
        try compare(flow, golden)
        let likelihood = try flow.logLikelihood(golden["x_dequantised"])
        let nats = try likelihood.doubles().map {
            -$0 + Double(flow.dimensions) * 5.545177444479562
        }
        try expectClose(
            nats, golden["nll_nats"].doubles(), tolerance: Tolerance(absolute: 5e-3), "nats")
        try expectClose(
            nats.reduce(0, +) / Double(nats.count), golden["nll_nats_batch"].item(),
            tolerance: Tolerance(absolute: 5e-3))
        let x = try flow.decode(latents(golden["z"], of: flow)).value
        try expectClose(
            x, golden["x_dequantised_from_reverse"], tolerance: Tolerance(absolute: 1e-5), "x")
        try expectClose(
            logit.encode(x).value, golden["y_reverse_of_z"], tolerance: tolerance, "y")
        let sample = try flow.decode(latents(golden["z_sample"], of: flow)).value
        try expectClose(
            logit.encode(sample).value, golden["y_of_z_sample"], tolerance: tolerance,
            "y of a sample")
        // What it shows is not undone by 0.9.
        try expectClose(
            sample * 0.9 + 0.05, golden["sigmoid_of_y_sample"],
            tolerance: Tolerance(absolute: 1e-5), "what it shows of a sample")
        try expectClose(
            x * 0.9 + 0.05, golden["sigmoid_of_reverse"], tolerance: Tolerance(absolute: 1e-5),
            "what it shows")
    }

    private func compare(_ flow: Flow, _ golden: GoldenTensors) throws {
        let x = try golden["x_dequantised"]
        try expectClose(logit.encode(x).value, golden["y_logit"], tolerance: tolerance, "logit")
        try expectClose(
            logit.encode(x).logDeterminant, golden["sldj_preprocess"],
            tolerance: Tolerance(absolute: 5e-3), "log-det of the logit")
        let mapped = try flow.encode(x)
        try expectClose(layout(mapped.value, of: flow), golden["z"], tolerance: tolerance, "z")
        try expectClose(
            mapped.logDeterminant, golden["sldj"], tolerance: Tolerance(absolute: 5e-3),
            "log-det")
    }

    @Test(arguments: cases)
    func `gradients agree`(_ item: Case) throws {
        let golden = try item.arrays()
        let flow = try item.model().flow(.float64).frozenFlow()
        let tolerance = Tolerance(relative: 1e-3)
        let y = try golden["y_logit"].converted(to: .float64).leaf()
        let x = try logit.decode(y)
        let mapped = try flow.encode(x.value)
        let volume = try mapped.logDeterminant + x.logDeterminant
        let loss = try mapped.value.square().sum() * 0.5 - volume.sum()
        try expectClose(
            loss.gradients(of: [y])[0],
            golden["grad_y_of_half_sq_z_minus_sldj"].converted(to: .float64),
            tolerance: tolerance, "by y")
        let z = try golden["z_sample"].converted(to: .float64).leaf()
        let sample = try logit.encode(flow.decode(latents(z, of: flow)).value).value
        let distance = try (sample - y.detached()).square().sum() * 0.5
        try expectClose(
            distance.gradients(of: [z])[0],
            golden["grad_z_of_half_sq_y_of_z_sample_minus_y"].converted(to: .float64),
            tolerance: tolerance, "by z")
    }

    @Test(arguments: cases)
    func `other halves are noticed`(_ item: Case) throws {
        let golden = try item.arrays()
        var model = try item.model()
        // The couplings of one order in the places of another.
        let first = "scales.0.checkerboard.0.", second = "scales.0.checkerboard.1."
        var exchanged = model.weights
        for (name, array) in model.weights {
            for (old, new) in [(first, second), (second, first)] where name.hasPrefix(old) {
                exchanged[new + name.dropFirst(old.count)] = array
            }
        }
        model.weights = exchanged
        withKnownIssue { try compare(model.flow(), golden) }
    }

    @Test(arguments: cases)
    func `the margin of the logit is read`(_ item: Case) throws {
        guard case .batchNormRealNVP(let settings) = try item.model().architecture else {
            Issue.record("another architecture")
            return
        }
        #expect(settings.margin == 0.05 && settings.width == 8)
    }

    @Test(arguments: cases)
    func `latents of six standard deviations give finite pictures`(_ item: Case) throws {
        try expectFinitePictures(item.model().flow().frozenFlow())
    }
}
