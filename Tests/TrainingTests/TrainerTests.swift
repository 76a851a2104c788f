import Arrays
import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite(.timeLimit(.minutes(20))) struct TrainerTests {
    @Test func `the loss falls`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 60)
            var trainer = try Trainer(training.recipe, data: training.data)
            let steps = try (0..<60).map { _ in try trainer.step() }
            func mean(_ part: ArraySlice<TrainingStep>) -> Double {
                part.map(\.figure).reduce(0, +) / Double(part.count)
            }
            #expect(mean(steps.suffix(5)) < mean(steps.prefix(5)) - 0.5)
            #expect(steps.map(\.step) == Array(1...60))
        }
    }

    @Test func `the same recipe gives the same bits`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder)
            func weights(_ seed: UInt64) throws -> [String: HostArray] {
                var recipe = training.recipe
                recipe.seed = seed
                var trainer = try Trainer(recipe, data: training.data)
                for _ in 0..<3 { _ = try trainer.step() }
                return try trainer.averagedModel().weights
            }
            let first = try weights(5)
            let (again, other) = (try weights(5), try weights(6))
            let (isSame, isOther) = (again == first, other != first)
            #expect(isSame)
            #expect(isOther)
        }
    }

    @Test func `a step that is not finite changes nothing and lowers the rate`() throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder)
            training.recipe.schedule = LearningRateSchedule(peak: 1e30)
            var trainer = try Trainer(training.recipe, data: training.data)
            #expect(try trainer.step().gradientNorm.isFinite)
            let weights = try trainer.averagedModel().weights
            let parameters = try trainer.store.ordered.map { try $0.hostArray() }
            let rate = trainer.learningRate
            let skipped = try trainer.step()
            #expect(!skipped.gradientNorm.isFinite)
            #expect(skipped.figure.isNaN)
            #expect(trainer.learningRate == rate / 2)
            #expect(trainer.state.skipped == 1)
            let isUnchanged =
                try trainer.averagedModel().weights == weights
                && parameters == trainer.store.ordered.map { try $0.hostArray() }
            #expect(isUnchanged)
        }
    }

    @Test func `averages follow the parameters`() throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder)
            training.recipe.averaging = 0
            var trainer = try Trainer(training.recipe, data: training.data)
            for _ in 0..<3 { _ = try trainer.step() }
            let weights = try trainer.averagedModel().weights
            for (name, parameter) in zip(trainer.store.names, trainer.store.ordered) {
                let isEqual = try weights[name] == parameter.hostArray()
                #expect(isEqual, "\(name)")
            }
        }
    }

    @Test func `a training may begin with the weights of a model`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder)
            var first = try Trainer(training.recipe, data: training.data)
            for _ in 0..<3 { _ = try first.step() }
            let weights = try first.averagedModel().weights
            let second = try Trainer(training.recipe, data: training.data, start: weights)
            let isSame = try second.averagedModel().weights == weights
            #expect(isSame)
            #expect(second.state.step == 0)
            var other = training.recipe
            other.architecture = .realNVP(RealNVPSettings(scales: 1, blocks: 2, width: 4))
            #expect(throws: ParameterError.self) {
                try Trainer(other, data: training.data, start: weights)
            }
        }
    }

    @Test func `validation is the same however often it is asked for`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder)
            var trainer = try Trainer(training.recipe, data: training.data)
            let bits = try trainer.validate(on: training.validation)
            #expect(try trainer.validate(on: training.validation) == bits)
            #expect(trainer.state.validation == bits)
            #expect(try trainer.averagedModel().judgements(of: training.validation).count == 10)
        }
    }

    @Test func `more pictures in a batch than there are is no reason to stop`() throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder)
            training.recipe.batch = 100
            var trainer = try Trainer(training.recipe, data: training.data)
            #expect(trainer.stepsPerEpoch == 1)
            #expect(try trainer.step().gradientNorm.isFinite)
        }
    }
}
