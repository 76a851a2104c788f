import Foundation
import Jobs
import Models
import Tensors
import Testing
import Training
import Worker

/// The recipes in `etc/recipes/` are what they say.
@Suite(.timeLimit(.minutes(20))) struct RecipeFilesTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "etc/recipes")

    private func recipe(_ name: String) throws -> RecipeSpec {
        try RecipeSpec.read(path: Self.folder.appending(path: name + ".yaml").path)
    }

    @Test func `all of them are known here`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(
            names.filter { !$0.hasPrefix("unfolded-") }.sorted() == [
                "faces64-compact.yaml", "faces64-dcgan.yaml", "faces64-second.yaml",
                "faces64-vae.yaml", "faces64-whang.yaml", "faces64.yaml", "fashion.yaml",
                "mnist-compact.yaml", "mnist-first.yaml", "mnist-vae.yaml", "mnist-whang.yaml",
                "mnist.yaml", "noise-from-folder.yaml",
            ])
    }

    /// As README.md has it, with the data and the example job that come along.
    @Test func `a model of noise of one's own replaces none that comes along`() throws {
        let name = try recipe("noise-from-folder").name
        #expect(name == "my-scribbles")
        let root = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
        func text(_ path: String) throws -> String {
            try String(contentsOf: root.appending(path: path), encoding: .utf8)
        }
        let readMe = try text("README.md")
        #expect(readMe.contains("sed -i 's/model: scribbles/model: \(name)/' my-job/job.yaml"))
        let job = try text("etc/jobs/scribbles-on-faces/job.yaml")
        #expect(job.components(separatedBy: "model: scribbles").count == 2)
    }

    /// The paper gives neither widths nor numbers of parameters.
    ///
    /// With two 3×3 convolutions in a residual block its networks of width 32 would have 1.9 and
    /// 7.5 million; ours have one.
    @Test(arguments: [
        ("mnist", [1, 28, 28], 805_261), ("mnist-compact", [1, 28, 28], 207_197),
        ("mnist-whang", [1, 28, 28], 1_036_637),
        ("fashion", [1, 28, 28], 207_197), ("faces64-dcgan", [3, 64, 64], 3_576_704),
        ("mnist-vae", [1, 28, 28], 652_824), ("faces64-vae", [3, 64, 64], 2_953_827),
        ("faces64", [3, 64, 64], 1_726_224), ("faces64-compact", [3, 64, 64], 1_726_224),
        ("faces64-second", [3, 64, 64], 1_726_224), ("mnist-first", [1, 28, 28], 805_261),
        ("faces64-whang", [3, 64, 64], 4_594_939),
    ])
    func `the networks have so many parameters`(
        _ name: String, _ shape: [Int], _ count: Int
    ) throws {
        let store = ParameterStore(random: Generator(seed: 1))
        _ = try recipe(name).architecture.architecture
            .generator(imageShape: shape, in: store.root)
        try store.finish()
        #expect(store.ordered.reduce(0) { $0 + $1.count } == count)
    }

    @Test func `the paper's settings are followed`() throws {
        let mnist = try recipe("mnist-whang").trainingRecipe(pictures: 58_000, folder: "/r")
        #expect(mnist.architecture == .realNVP(RealNVPSettings(scales: 3, blocks: 6, width: 32)))
        #expect(mnist.steps == 200 * 453)
        #expect(mnist.schedule.decay == .halving(epochs: 40))
        #expect(mnist.maximumGradientNorm == 100)
        let faces = try recipe("faces64-whang").trainingRecipe(pictures: 10_499, folder: "/r")
        #expect(faces.architecture == .realNVP(RealNVPSettings(scales: 6, blocks: 10, width: 32)))
        #expect(faces.bits == 5)
        #expect(faces.steps == 300 * 656)
        #expect(faces.schedule.peak == 5e-4)
        #expect(faces.weightNormPenalty == 1e-5)
    }

    @Test(arguments: [
        "faces64", "mnist", "mnist-compact", "mnist-vae", "mnist-whang", "fashion",
        "faces64-compact",
        "faces64-dcgan", "faces64-vae", "faces64-whang",
    ])
    func `cards say where the pictures come from and what may be done`(_ name: String) throws {
        let recipe = try recipe(name)
        #expect(recipe.card != nil)
        #expect(recipe.terms != nil)
    }
}
