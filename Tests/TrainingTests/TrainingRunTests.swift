import Arrays
import Foundation
import Models
import TestSupport
import Testing
import Training

@Suite(.timeLimit(.minutes(20))) struct TrainingRunTests {
    /// Trains in the folder `name`, and stops after `last` steps.
    private func train(
        _ training: SyntheticTraining, _ name: String, isResuming: Bool = false, last: Int = .max
    ) throws {
        var run = try training.run(name, isResuming: isResuming)
        do {
            try run.run { event in
                if case .step(let step, _) = event, step.step == last { throw Stopped() }
            }
        } catch is Stopped {}
    }

    @Test func `a training that was interrupted gives the same bits`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 10)
            try train(training, "whole")
            try train(training, "pieces", last: 5)
            try train(training, "pieces", isResuming: true)
            let whole = try training.checkpoint("whole")
            let pieces = try training.checkpoint("pieces")
            #expect(whole.tensors.count > 40)
            let isEqual = pieces.tensors == whole.tensors
            #expect(isEqual)
            #expect(pieces.metadata["adam_steps"] == "10")
            #expect(try training.rows("pieces") == training.rows("whole"))
            #expect(
                try training.rows("whole").map { $0[0] } == ["step"] + (1...10).map(String.init))
        }
    }

    @Test func `what is not trained is kept too`() throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder, steps: 4)
            training.recipe.architecture = .glow(
                GlowSettings(levels: 1, steps: 1, lastSteps: 1, hidden: 4, mixing: .lu))
            try train(training, "whole")
            try train(training, "pieces", last: 2)
            try train(training, "pieces", isResuming: true)
            let whole = try training.checkpoint("whole")
            let name = "levels.0.steps.0.mixing.permutation"
            #expect(whole.tensors["parameter/\(name)"] != nil)
            let isEqual = try training.checkpoint("pieces").tensors == whole.tensors
            #expect(isEqual)
        }
    }

    @Test func `five steps are not ten`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 10)
            try train(training, "whole")
            try train(training, "part", last: 5)
            let whole = try training.checkpoint("whole").tensors
            let part = try training.checkpoint("part").tensors
            // Not the tensors themselves: an issue prints all that it compares.
            let isEqual = part == whole
            withKnownIssue { #expect(isEqual) }
        }
    }

    @Test func `rows after the checkpoint are written again`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 8)
            try train(training, "a", last: 5)
            let path = training.path("a/\(TrainingRun.logFile)")
            let log = try #require(FileHandle(forWritingAtPath: path))
            try log.seekToEnd()
            try log.write(contentsOf: Data("6,48,1,1,1,1,\n7,56,1,1,1,1,\n8,12".utf8))
            try log.close()
            try train(training, "a", isResuming: true)
            let rows = try training.rows("a")
            #expect(rows.map { $0[0] } == ["step"] + (1...8).map(String.init))
            #expect(rows.allSatisfy { $0.count == 6 })
            #expect(rows[7][3] != "1")
        }
    }

    @Test func `validations are logged when they are due and at the end`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 6)
            var run = try training.run("a")
            var validated: [Double] = []
            try run.run { event in
                if case .validated(let bits) = event { validated.append(bits) }
            }
            #expect(run.isFinished)
            #expect(validated.count == 2)
            let logged = try training.rows("a").filter { !$0[5].isEmpty }.map { $0[0] }
            #expect(logged == ["step", "4", "6"])
        }
    }

    @Test func `a stop at any event leaves a checkpoint of all that was done`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 8)
            var run = try training.run("a")
            #expect(throws: Stopped.self) {
                try run.run { if case .validated = $0 { throw Stopped() } }
            }
            #expect(try training.checkpoint("a").metadata["adam_steps"] == "4")
            #expect(try training.rows("a").count == 5)
        }
    }

    @Test func `a deadline ends a piece with a checkpoint`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 8)
            var run = try training.run("a")
            var saved = 0
            try run.run(until: .now) { if case .saved = $0 { saved += 1 } }
            #expect(!run.isFinished)
            #expect(saved == 1)
            #expect(try training.checkpoint("a").metadata["adam_steps"] == "1")
        }
    }

    @Test func `good steps bring back a rate that was lowered`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 200)
            var trainer = try Trainer(training.recipe, data: training.data)
            trainer.state.rateFactor = 0.25
            for _ in 0..<35 { _ = try trainer.step() }
            #expect(abs(trainer.state.rateFactor - 0.5) < 0.001)
            for _ in 0..<40 { _ = try trainer.step() }
            #expect(trainer.state.rateFactor == 1)
        }
    }

    @Test func `a loss that stays infinite ends the training`() throws {
        try withTemporaryDirectory { folder in
            var training = try SyntheticTraining(in: folder, steps: 50)
            training.recipe.schedule = LearningRateSchedule(peak: 1e30)
            var run = try training.run("a")
            let error = #expect(throws: TrainingError.self) { try run.run { _ in } }
            #expect(error?.reason == .diverged(step: 11, attempts: 10))
            #expect(run.trainer.state.rateFactor == 0x1p-10)
            #expect(try training.rows("a").count == 12)
        }
    }
}
