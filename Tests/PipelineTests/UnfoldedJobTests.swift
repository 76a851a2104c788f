import Arrays
import Foundation
import Images
import Jobs
import Models
import Pipeline
import Reports
import Tensors
import TestSupport
import Testing

/// Unfolded networks and plugged-in flows, from the job to its result.
@Suite struct UnfoldedJobTests {
    private static func job(
        _ solver: String, noise: String = "{gaussian: {std: 0.1}}", _ more: String = ""
    ) -> String {
        """
        version: 1
        images: [a.png, b.png]
        given: truth
        noise: \(noise)
        solver: \(solver)
        \(more)

        """
    }

    private func failure(_ job: String, in root: URL) throws -> JobFailure {
        var world = try SmallWorld(root)
        try world.writeUnfolded()
        do {
            _ = try world.run(job)
        } catch {
            return JobFailure(explaining: error)
        }
        Issue.record("the job was carried out")
        return JobFailure(.job, "none", "")
    }

    @Test(arguments: [
        "{unfolded: {model: network}}", "{plug_and_play: {steps: 3, shrinkage: 0.2}}",
    ])
    func `a job runs to its result`(_ solver: String) throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeUnfolded()
            let isTrained = solver.contains("network")
            let outcome = try world.run(Self.job(solver, isTrained ? "" : "prior: tiny"))
            let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
            let images = try #require(result["images"]?.array)
            #expect(images.count == 2)
            #expect(images.allSatisfy { $0["psnr"]?.number ?? 0 > 3 })
            #expect(images.allSatisfy { $0["iterations"]?.number == (isTrained ? 2 : 3) })
            #expect(result["settings"]?["plan"]?["folds"]?.number == (isTrained ? 2 : 3))
            #expect(outcome.report.model?.name == (isTrained ? "network" : "tiny"))
        }
    }

    @Test(arguments: [
        ("{gaussian: {std: 0.2}}", ""), ("{gaussian: {std: 0.1}}", "forward: {scale: 0.5}"),
    ])
    func `a network for another measurement is refused with both named`(
        _ noise: String, _ forward: String
    ) throws {
        try withTemporaryDirectory { root in
            let failure = try failure(
                Self.job("{unfolded: {model: network}}", noise: noise, forward), in: root)
            #expect(failure.code == "model.unfit")
            #expect(failure.message.contains("was trained for"))
            #expect(failure.message.contains(forward.isEmpty ? "0.2" : "0.5"))
            #expect(failure.message.contains("allow_mismatch: true"))
        }
    }

    @Test func `a mismatch that is allowed is told with every picture`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeUnfolded()
            let outcome = try world.run(
                Self.job(
                    "{unfolded: {model: network, allow_mismatch: true}}",
                    noise: "{gaussian: {std: 0.2}}"))
            #expect(outcome.report.images.count == 2)
            let text = try world.text("out/result.json")
            #expect(text.contains("was trained for"))
        }
    }

    @Test func `a measurement that is written otherwise is the same`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeUnfolded()
            _ = try world.run(
                Self.job(
                    "{unfolded: {model: network}}", noise: "[{gaussian: {std: 1e-1}}]",
                    "forward: [identity, identity]"))
        }
    }

    @Test func `a file of the measurement is known by its content, and not by its name`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let (mask, other) = (try world.mask(keeping: 3), try world.mask(keeping: 2))
            try world.writeUnfolded(
                forward: [.mask(.image("sha256:\(SHA256.hexadecimal(of: mask))"))])
            func job(_ file: String) -> String {
                Self.job("{unfolded: {model: network}}", "forward: {mask: {image: \(file)}}")
            }
            for (bytes, file) in [(mask, "m.png"), (mask, "renamed.png")] {
                try world.write(bytes, "job/\(file)")
                _ = try world.run(job(file), to: "out-\(file)")
            }
            try world.write(other, "job/m.png")
            let error = #expect(throws: JobFault.self) { try world.run(job("m.png"), to: "other") }
            let failure = JobFailure(explaining: try #require(error))
            #expect(failure.code == "model.unfit")
            #expect(failure.message.contains("was trained for forward"))
        }
    }

    @Test func `a model of another kind is refused`() throws {
        try withTemporaryDirectory { root in
            let failure = try failure(Self.job("{unfolded: {model: tiny}}"), in: root)
            #expect(failure.code == "model.unfit")
        }
    }

    @Test(arguments: ["map", "bora", "{plug_and_play: {steps: 2}}"])
    func `an unfolded network is no prior`(_ solver: String) throws {
        try withTemporaryDirectory { root in
            let failure = try failure(Self.job(solver, "prior: network"), in: root)
            #expect(failure.code == "model.unfit")
            #expect(failure.message.contains("unfolded"))
        }
    }

    @Test func `a measurement that is not linear is refused where it stands`() throws {
        try withTemporaryDirectory { root in
            let failure = try failure(
                Self.job("{unfolded: {model: network}}", "forward: {quantize: {bits: 3}}"),
                in: root)
            #expect(failure.code == "job.invalid")
            #expect(failure.line != nil)
            #expect(failure.message.contains("linear"))
        }
    }
}

extension SmallWorld {
    /// A picture that is black at every so many pixels and white elsewhere.
    fileprivate func mask(keeping period: Int) throws -> [UInt8] {
        let levels = (0..<Self.side * Self.side).map { $0 % period == 0 ? UInt8(0) : 255 }
        return try Picture(pixels: HostArray(levels, shape: [Self.side, Self.side, 1])).png()
    }

    /// Adds the model `network`, which nobody has trained for Gaussian noise of 0.1, or one of another
    /// name, of whose pictures nothing is left that is a number.
    func writeUnfolded(
        _ name: String = "network", isBroken: Bool = false, forward: [ForwardSpec] = [.identity]
    ) throws {
        let shape = [1, Self.side, Self.side]
        let settings = UnfoldedSettings(
            folds: 2, proximal: .flow(.glow(.init(levels: 1, steps: 2, lastSteps: 2, hidden: 4))))
        let store = ParameterStore(random: Generator(seed: 1))
        _ = try settings.model(imageShape: shape, in: store.root)
        var weights: [String: HostArray] = [:]
        for (name, tensor) in store.tensors.merging(store.buffers, uniquingKeysWith: { $1 }) {
            weights[name] = try tensor.hostArray()
        }
        if isBroken {
            weights = weights.mapValues { array in
                HostArray([Float](repeating: 1e30, count: array.count), shape: array.shape)
            }
        }
        let task = MeasurementText(forward: forward, noise: .gaussian(.known(0.1)))
        let description = ModelDescription(
            name: name, architecture: .unfolded(settings), imageShape: shape, bits: 8,
            bitsPerDimension: nil,
            restoration: .init(forward: task.forward, noise: task.noise, psnr: 20), training: nil,
            weights: .init(file: "model.safetensors", sha256: "", parameters: 0),
            software: "sluice test")
        try ModelFolder.write(
            description, weights: weights, card: "# \(name)\n", to: "\(root)/Models/\(name)")
    }
}
