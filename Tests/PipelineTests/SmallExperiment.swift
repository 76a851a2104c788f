import Arrays
import Foundation
import Jobs
import Pipeline
import Tensors

/// An experiment on the pictures and the model of a small world.
struct SmallExperiment {
    /// Two methods at two settings on two pictures, one picture in a batch.
    static let text = """
        version: 1
        title: Stripes
        job:
          noise: {sine: {amplitude: 0.2, period: 4}}
          prior: tiny
          seed: 7
        pictures:
          - {name: smooth, images: [a.png, b.png]}
        methods:
          - {name: MAP, solver: {map: {steps: 4}}}
          - {name: longer, solver: {map: {steps: 6}}}
        sweeps:
          - {vary: noise.sine.amplitude, values: [0.1, 0.2]}
        batch: 1

        """

    /// What a listener throws to end the work.
    struct Enough: Error {}

    let world: SmallWorld
    let output: String

    init(_ root: URL, output: String = "results") throws {
        world = try SmallWorld(root)
        self.output = "\(world.root)/\(output)"
    }

    /// Carries the experiment out, and stops when `most` results are there.
    @discardableResult
    func run(
        _ text: String = Self.text, limit: Int? = nil, methods: [String] = [],
        isFresh: Bool = false, stopAt most: Int = .max, output: String? = nil
    ) throws -> ExperimentRunner.Outcome {
        let spec = try ExperimentSpec.read(Array(text.utf8), file: "e.yaml")
        var runner = try ExperimentRunner(
            ExperimentOrder(
                name: "stripes", spec: spec, folder: "\(world.root)/job",
                policy: .user(datasets: [], models: ["\(world.root)/Models"]),
                output: output ?? self.output, device: .cpu, threads: 1, limit: limit,
                methods: methods, isFresh: isFresh, software: "sluice test"))
        return try runner.run { progress in
            if progress.done >= most { throw Enough() }
        }
    }

    /// The cells that are kept: their names, and which files they are on the disk.
    func cells() throws -> [String: Int] {
        let folder = "\(output)/cells"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: "\(folder)/\(name)")
                return (name, attributes[.systemFileNumber] as? Int ?? 0)
            })
    }
}
