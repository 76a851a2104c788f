import Arrays
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

/// Generators without density are trained as flows are.
@Suite(.timeLimit(.minutes(20))) struct GeneratorTrainingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let architecture: Architecture
        var adversary = AdversarySettings(width: 4)
    }

    static let cases = [
        Case(
            testDescription: "DCGAN",
            architecture: .dcgan(DCGANSettings(latent: 4, width: 4))),
        Case(
            testDescription: "DCGAN, with an encoder",
            architecture: .dcgan(DCGANSettings(latent: 4, width: 4)),
            adversary: AdversarySettings(width: 4, reconstruction: 100)),
        Case(
            testDescription: "VAE, connected",
            architecture: .vae(VAESettings(hidden: 16, latent: 3))),
        Case(
            testDescription: "VAE, convolutional",
            architecture: .vae(
                VAESettings(
                    layout: .convolutional, hidden: 4, latent: 3, observation: .gaussian))),
    ]

    private func training(
        _ item: Case, in folder: URL, steps: Int
    ) throws -> SyntheticTraining {
        var training = try SyntheticTraining(in: folder, steps: steps)
        training.recipe.architecture = item.architecture
        training.recipe.adversary = item.adversary
        training.recipe.beta1 = 0.5
        training.recipe.validateEvery = 1000
        return training
    }

    @Test(arguments: cases)
    func `an interrupted training gives the same bits`(_ item: Case) throws {
        try withTemporaryDirectory { folder in
            let training = try training(item, in: folder, steps: 4)
            var whole = try training.run("whole")
            try whole.run { _ in }
            var pieces = try training.run("pieces")
            #expect(throws: Stopped.self) {
                try pieces.run { event in
                    if case .step(let step, _) = event, step.step == 2 { throw Stopped() }
                }
            }
            pieces = try training.run("pieces", isResuming: true)
            try pieces.run { _ in }
            let isEqual =
                try training.checkpoint("pieces").tensors == training.checkpoint("whole").tensors
            #expect(isEqual)
        }
    }

    @Test(arguments: cases.dropFirst())
    func `pictures can be made better and better`(_ item: Case) throws {
        try withTemporaryDirectory { folder in
            let training = try training(item, in: folder, steps: 150)
            var trainer = try Trainer(training.recipe, data: training.data)
            let before = try trainer.validate(on: training.validation)
            for _ in 0..<150 { _ = try trainer.step() }
            let after = try trainer.validate(on: training.validation)
            #expect(after > before + 2, "\(before) dB, then \(after) dB")
        }
    }

    @Test func `the opponents are no part of the model`() throws {
        try withTemporaryDirectory { folder in
            let training = try training(Self.cases[1], in: folder, steps: 2)
            var trainer = try Trainer(training.recipe, data: training.data)
            _ = try trainer.step()
            let model = try trainer.averagedModel()
            #expect(trainer.store.names.contains { $0.hasPrefix("discriminator.") })
            #expect(model.weights.keys.allSatisfy { $0.hasPrefix("layers.") })
            let store = ParameterStore(stored: model.weights, source: "test")
            let generator = try training.recipe.architecture
                .generator(imageShape: [1, 8, 8], in: store.root)
            try store.finish()
            #expect(model.parameters == store.ordered.reduce(0) { $0 + $1.count })
            let z = try Tensor.zeros([1, 4])
            let same =
                try model.generator().generate(z).doubles()
                == generator.frozenGenerator().generate(z).doubles()
            #expect(same)
        }
    }

    @Test func `a DCGAN does not begin with a model, which has no discriminator`() throws {
        try withTemporaryDirectory { folder in
            let training = try training(Self.cases[0], in: folder, steps: 2)
            let error = #expect(throws: TrainingError.self) {
                try Trainer(training.recipe, data: training.data, start: [:])
            }
            #expect(error?.reason == .startsAlone)
        }
    }

    @Test func `each opponent changes its own parameters`() throws {
        try withTemporaryDirectory { folder in
            let training = try training(Self.cases[1], in: folder, steps: 2)
            let trainer = try Trainer(training.recipe, data: training.data)
            for name in trainer.store.names {
                let turns = (0..<2).filter { trainer.objective.changes(name, in: $0) }
                #expect(turns == [name.hasPrefix("discriminator.") ? 0 : 1], "\(name)")
            }
        }
    }
}
