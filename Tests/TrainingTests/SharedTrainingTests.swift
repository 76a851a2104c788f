import Arrays
import Dispatch
import Foundation
import Models
import Synchronization
import Tensors
import TestSupport
import Testing
import Training

/// A batch that is divided, among processes or into parts, gives what the whole batch gives.
@Suite(.timeLimit(.minutes(20))) struct SharedTrainingTests {
    /// What several members of a group did, by rank, each in a thread of its own.
    private func together<Result: Sendable>(
        _ size: Int, in folder: URL,
        _ body: @escaping @Sendable (ProcessGroup) throws -> Result
    ) throws -> [Result] {
        let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
        let path = folder.appending(path: "meeting").path
        let done = DispatchSemaphore(value: 0)
        for rank in 0..<size {
            // A pool may have fewer threads than members that wait for each other.
            Thread.detachNewThread {
                let result = Swift.Result<Result, any Error> {
                    let group = try ProcessGroup(
                        meetingIn: path, isLocal: true, rank: rank, size: size, patience: 60)
                    return try body(group)
                }
                results.withLock { $0[rank] = result }
                done.signal()
            }
        }
        for _ in 0..<size { done.wait() }
        return try results.withLock { found in
            try (0..<size).map { try #require(found[$0]).get() }
        }
    }

    /// The gradients that Adam has seen in the first step, by name.
    private func firstGradients(
        _ training: SyntheticTraining, _ recipe: TrainingRecipe, with group: ProcessGroup? = nil
    ) throws -> [String: HostArray] {
        var trainer = try Trainer(recipe, data: training.data, with: group)
        _ = try trainer.step()
        let path = training.path("first-\(group?.rank ?? 9)-\(recipe.parts)")
        try trainer.saveCheckpoint(to: path)
        return try SafetensorsFile(reading: path).tensors.filter { $0.key.hasPrefix("mean/") }
    }

    private func expectEqual(
        _ found: [String: HostArray], _ expected: [String: HostArray]
    ) throws {
        #expect(found.keys.sorted() == expected.keys.sorted())
        var largest = 0.0
        var difference = 0.0
        for (name, array) in expected {
            let (a, b) = (try Tensor(array), try Tensor(#require(found[name])))
            largest = max(largest, try a.magnitude().largest().item())
            difference = max(difference, try (a - b).magnitude().largest().item())
        }
        #expect(difference < 1e-5 * largest, "\(difference) of \(largest)")
    }

    @Test func `two processes find the gradients of one`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder)
            let alone = try firstGradients(training, training.recipe)
            let found = try together(2, in: folder) { group in
                try firstGradients(training, training.recipe, with: group)
            }
            for gradients in found { try expectEqual(gradients, alone) }
        }
    }

    @Test func `the law notices processes that do not share`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder)
            let alone = try firstGradients(training, training.recipe)
            var half = training.recipe
            half.batch /= 2
            let other = try firstGradients(training, half)
            withKnownIssue { try expectEqual(other, alone) }
        }
    }

    @Test func `parts find the gradients of the whole`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder)
            let whole = try firstGradients(training, training.recipe)
            var recipe = training.recipe
            recipe.parts = 4
            try expectEqual(firstGradients(training, recipe), whole)
        }
    }

    @Test func `all processes end with the same weights, log and validation`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 6)
            let weights = try together(2, in: folder) { group in
                var run = try TrainingRun(
                    training.recipe, data: training.data, validation: training.validation,
                    folder: training.path("shared"), isResuming: false, with: group)
                try run.run { _ in }
                #expect(run.trainer.state.validation != nil)
                return try run.trainer.averagedModel().weights
            }
            let isEqual = weights[0] == weights[1]
            #expect(isEqual)
            #expect(try training.rows("shared").count == 7)
        }
    }

    @Test func `processes at different steps do not begin`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 3)
            var run = try training.run("a")
            try run.run { _ in }
            let failures = try together(2, in: folder) { group in
                let error = #expect(throws: TrainingError.self) {
                    try TrainingRun(
                        training.recipe, data: training.data, validation: training.validation,
                        folder: training.path("a"), isResuming: group.rank == 0, with: group)
                }
                return error?.reason == .unequalSteps(group.rank == 0 ? 3 : 0)
            }
            #expect(failures == [true, true])
        }
    }

    @Test func `all begin with the weights of the first`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 3)
            let weights = try together(2, in: folder) { group in
                var recipe = training.recipe
                recipe.seed = UInt64(group.rank)
                let run = try TrainingRun(
                    recipe, data: training.data, validation: training.validation,
                    folder: training.path("a"), isResuming: false, with: group)
                return try run.trainer.averagedModel().weights
            }
            let isEqual = weights[0] == weights[1]
            #expect(isEqual)
        }
    }

    @Test func `all stop together when one wants to`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder, steps: 1000)
            let steps = try together(2, in: folder) { group in
                var run = try TrainingRun(
                    training.recipe, data: training.data, validation: training.validation,
                    folder: training.path("shared"), isResuming: false, with: group)
                do {
                    try run.run { event in
                        guard case .step(let step, _) = event else { return }
                        if group.rank == 1, step.step == 3 { throw Stopped() }
                    }
                } catch is Stopped {}
                return run.trainer.state.step
            }
            #expect(steps == [3, 3])
            #expect(try training.run("shared", isResuming: true).trainer.state.step == 3)
        }
    }

    @Test func `a batch that cannot be divided equally is refused`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder)
            var recipe = training.recipe
            recipe.parts = 3
            let error = #expect(throws: TrainingError.self) {
                try Trainer(recipe, data: training.data)
            }
            #expect(error?.reason == .unequalParts(batch: 8, parts: 3, processes: 1))
        }
    }

    @Test func `a group adds and hands on`() throws {
        try withTemporaryDirectory { folder in
            let found = try together(3, in: folder) { group in
                let tensors = try [
                    Tensor.full([2, 2], Double(group.rank + 1)), Tensor.full([], 10),
                ]
                try group.sum(tensors)
                let numbers = try group.sum([Double(group.rank), 1])
                let chosen = try Tensor.full([2], Double(group.rank + 5))
                try group.broadcast([chosen])
                return try tensors.flatMap { try $0.doubles() } + numbers + chosen.doubles()
            }
            #expect(found == Array(repeating: [6, 6, 6, 6, 30, 3, 3, 5, 5], count: 3))
        }
    }

    @Test func `those who do not come are given up`() throws {
        _ = try withTemporaryDirectory { folder in
            #expect(throws: TorchError.self) {
                try ProcessGroup(
                    meetingIn: folder.appending(path: "meeting").path, isLocal: true, rank: 0,
                    size: 2, patience: 1)
            }
        }
    }
}
