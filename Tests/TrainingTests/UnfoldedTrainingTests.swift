import Models
import Physics
import Solvers
import Tensors
import TestSupport
import Testing
import Training

@Suite(.timeLimit(.minutes(20))) struct UnfoldedTrainingTests {
    private static let simulation: Simulation? = (try? GaussianNoise(std: 0.3)).map {
        Simulation(forward: Identity(), noise: $0)
    }

    private func training(
        _ settings: UnfoldedSettings, recomputes: Bool = true,
        _ body: (SyntheticTraining) throws -> Void
    ) throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder, steps: 60)
            training.recipe.architecture = .unfolded(settings)
            training.recipe.weightNormPenalty = 0
            training.recipe.flips = false
            training.recipe.unfolding = UnfoldingSettings(
                forward: "identity", noise: "gaussian", foldRate: 0.05, recomputes: recomputes)
            training.recipe.validateEvery = 20
            try body(training)
        }
    }

    private func run(
        _ training: SyntheticTraining, _ name: String, isResuming: Bool = false
    ) throws -> TrainingRun {
        try TrainingRun(
            training.recipe, data: training.data, validation: training.validation,
            folder: training.path(name), isResuming: isResuming,
            measuredBy: Self.simulation)
    }

    private static let glow = ProximalSettings.flow(
        .glow(.init(levels: 1, steps: 2, lastSteps: 2, hidden: 8)))

    @Test(arguments: [
        UnfoldedSettings(folds: 2, proximal: glow),
        UnfoldedSettings(folds: 2, proximal: .resnet(.init(width: 8))),
    ])
    func `training makes pictures better than what was measured`(
        _ settings: UnfoldedSettings
    ) throws {
        try training(settings) { training in
            var run = try run(training, "run")
            var values: [Double] = []
            try run.run { event in
                if case .validated(let value) = event { values.append(value) }
            }
            // Noise of 0.3 leaves 10.5 dB.
            #expect(try #require(values.last) > 13)
            #expect(values.count == 3)
        }
    }

    @Test func `a training that was interrupted gives the same bits`() throws {
        try training(.init(folds: 2, proximal: Self.glow)) { training in
            var whole = try run(training, "whole")
            try whole.run { _ in }
            var first = try run(training, "parts")
            #expect(throws: Stopped.self) {
                try first.run { event in
                    if case .step(let step, _) = event, step.step == 25 { throw Stopped() }
                }
            }
            var second = try run(training, "parts", isResuming: true)
            try second.run { _ in }
            #expect(try training.rows("parts") == training.rows("whole"))
        }
    }

    @Test func `what is computed again gives the steps of what is kept`() throws {
        var norms: [[Double]] = []
        for recomputes in [true, false] {
            try training(.init(folds: 2, proximal: Self.glow), recomputes: recomputes) { training in
                var trainer = try Trainer(
                    training.recipe, data: training.data, measuredBy: Self.simulation)
                norms.append(try (0..<3).map { _ in try trainer.step().gradientNorm })
            }
        }
        // Adam makes large differences of small ones.
        for (step, pair) in zip(norms[0], norms[1]).enumerated() {
            #expect(abs(pair.0 / pair.1 - 1) < (step == 0 ? 1e-4 : 0.02))
        }
        #expect(norms[0].allSatisfy { $0 > 0 })
    }

    @Test func `steps and shrinkages have a rate of their own`() throws {
        try training(.init(folds: 1, proximal: Self.glow)) { training in
            let trainer = try Trainer(
                training.recipe, data: training.data, measuredBy: Self.simulation)
            // 0.05 where the others have 0.01.
            #expect(abs(trainer.objective.rateFactor(of: "folds.0.step") - 5) < 1e-9)
            #expect(abs(trainer.objective.rateFactor(of: "folds.0.shrinkage") - 5) < 1e-9)
            let others = trainer.store.names.filter { $0.contains("proximal") }
            #expect(!others.isEmpty)
            #expect(others.allSatisfy { trainer.objective.rateFactor(of: $0) == 1 })
        }
    }

    @Test func `another measurement does not go on with the checkpoint`() throws {
        try training(.init(folds: 1, proximal: Self.glow)) { training in
            var training = training
            var first = try run(training, "run")
            #expect(throws: Stopped.self) { try first.run { _ in throw Stopped() } }
            training.recipe.unfolding?.noise = "laplace"
            let error = #expect(throws: TrainingError.self) {
                try run(training, "run", isResuming: true)
            }
            guard case .otherRecipe = error?.reason else {
                Issue.record("\(String(describing: error)) is about something else")
                return
            }
        }
    }

    @Test func `without a measurement there is nothing to learn from`() throws {
        try training(.init(folds: 1, proximal: Self.glow)) { training in
            #expect(throws: TorchError.self) { try Trainer(training.recipe, data: training.data) }
        }
    }

    @Test func `fewer pictures than a batch are refused`() throws {
        try training(.init(folds: 1, proximal: Self.glow)) { training in
            var recipe = training.recipe
            recipe.batch = 65
            let error = #expect(throws: TrainingError.self) {
                try Trainer(recipe, data: training.data, measuredBy: Self.simulation)
            }
            #expect(error?.reason == .fewPictures(64, batch: 65))
        }
    }
}
