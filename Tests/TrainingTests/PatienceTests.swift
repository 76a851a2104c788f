import Arrays
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

/// Validation decides which weights become the model, and when there is no use in going on.
@Suite(.timeLimit(.minutes(20))) struct PatienceTests {
    @Test func `the weights that did best are kept`() throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder, steps: 40)
            training.recipe.averaging = 0
            var trainer = try Trainer(training.recipe, data: training.data)
            for _ in 0..<20 { _ = try trainer.step() }
            let good = try trainer.validate(on: training.validation)
            let kept = try trainer.averagedModel().weights
            try spoil(trainer)
            _ = try trainer.step()
            let bad = try trainer.validate(on: training.validation)
            #expect(bad > good)
            #expect(trainer.state.best == good && trainer.state.sinceBest == 1)
            let isKept = try trainer.bestModel(.quick).weights == kept
            #expect(isKept)
            let isSpoilt = try trainer.averagedModel().weights != kept
            #expect(isSpoilt)
        }
    }

    @Test func `a training ends when validation has turned`() throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder, steps: 1000)
            training.recipe.patience = 2
            training.recipe.validateEvery = 1
            training.recipe.averaging = 0
            var run = try training.run("a")
            let trainer = run.trainer
            var steps = 0
            try run.run { event in
                guard case .step(let step, _) = event else { return }
                steps = step.step
                // The parameters are the same objects.
                if steps == 3 { try spoil(trainer) }
            }
            #expect(steps < 1000)
            #expect(run.isFinished && run.trainer.isOverfitted)
            let resumed = try training.run("a", isResuming: true)
            #expect(resumed.isFinished)
            #expect(resumed.trainer.state.best == run.trainer.state.best)
        }
    }

    @Test func `what was best on other pictures is forgotten`() throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder, steps: 4)
            var run = try training.run("a")
            try run.run { _ in }
            #expect(try training.run("a", isResuming: true).trainer.state.best != nil)
            training.recipe.validationLimit = 5
            #expect(try training.run("a", isResuming: true).trainer.state.best == nil)
        }
    }

    @Test func `a checkpoint of an older version is read`() throws {
        let recipe = TrainingRecipe(
            name: "tiny", architecture: .realNVP(.init(scales: 1, blocks: 1, width: 4)),
            train: ["a"], validation: ["b"], batch: 8, steps: 2,
            schedule: LearningRateSchedule(peak: 0.1))
        let written = try JSONSerialization.jsonObject(with: JSONEncoder().encode(recipe))
        var old = try #require(written as? [String: Any])
        for new in ["parts", "precision", "beta1", "adversary"] {
            #expect(old.removeValue(forKey: new) != nil, "\(new)")
        }
        let read = try JSONDecoder().decode(
            TrainingRecipe.self, from: JSONSerialization.data(withJSONObject: old))
        #expect(read == recipe)
    }

    @Test func `without patience it goes on`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 3)
            var trainer = try Trainer(training.recipe, data: training.data)
            trainer.state.sinceBest = 100
            #expect(!trainer.isOverfitted)
        }
    }

    /// Makes every weight a little larger.
    private func spoil(_ trainer: Trainer) throws {
        for parameter in trainer.store.ordered {
            try parameter.overwrite(with: parameter.detached() * 1.5)
        }
    }
}
