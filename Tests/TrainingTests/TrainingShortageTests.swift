import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite(.timeLimit(.minutes(20))) struct TrainingShortageTests {
    private func recipe(_ batch: Int, parts: Int = 1, recomputes: Bool? = nil) -> TrainingRecipe {
        TrainingRecipe(
            name: "tiny",
            architecture: .realNVP(RealNVPSettings(scales: 1, blocks: 1, width: 4)),
            train: [], validation: [], batch: batch, steps: 1, parts: parts,
            unfolding: recomputes.map {
                UnfoldingSettings(forward: "identity", noise: "none", recomputes: $0)
            }, schedule: LearningRateSchedule(peak: 0.01))
    }

    /// What is said where memory runs out in the `work` of a training by `recipe`.
    private func words(
        _ work: TrainingShortage.Work, _ recipe: TrainingRecipe, processes: Int = 1
    ) -> String {
        let cause = TorchError(operation: "convolved", message: "std::bad_alloc")
        let error = #expect(throws: TrainingError.self) {
            try recipe.inMemory(work, processes: processes) { throw cause }
        }
        return error?.description ?? ""
    }

    @Test func `a step that does not fit is told with what would take less`() {
        #expect(
            words(.step, recipe(64))
                == "a step with 64 pictures at a time does not fit into memory; write parts: 2, "
                + "which takes 32 at a time, or a smaller batch than 64, or give the training more "
                + "memory")
        let shared = words(.step, recipe(90, parts: 2), processes: 3)
        #expect(shared.contains("15 pictures at a time"))
        #expect(shared.contains("parts: 6, which takes 5 at a time"))
        #expect(words(.step, recipe(4, parts: 4)).contains("train a smaller network"))
    }

    @Test func `recompute is offered where activations are kept`() {
        #expect(words(.step, recipe(1, recomputes: false)).contains("write recompute: true"))
        #expect(!words(.step, recipe(8, recomputes: true)).contains("recompute"))
    }

    @Test func `what no parts are made of is told to need a smaller batch or network`() {
        let first = words(.firstBatch, recipe(64, parts: 8))
        #expect(first.contains("the first batch of 64 pictures"))
        #expect(first.contains("write a smaller batch"))
        for work in [TrainingShortage.Work.network, .validation] {
            #expect(words(work, recipe(64)).contains("train a smaller network"))
        }
        for work in [TrainingShortage.Work.network, .firstBatch, .step, .validation] {
            #expect(!words(work, recipe(64)).contains("alloc"))
        }
    }

    @Test func `other errors go through, and what fits is given`() throws {
        let cause = TorchError(operation: "convolved", message: "no such shape")
        let error = #expect(throws: TorchError.self) {
            try recipe(2).inMemory(.step, processes: 1) { throw cause }
        }
        #expect(error == cause)
        #expect(try recipe(2).inMemory(.step, processes: 1) { 7 } == 7)
    }

    @Test func `a training whose steps do not fit says so`() async {
        await #expect(processExitsWith: .success) {
            try withTemporaryDirectory { folder in
                var training = try SyntheticTraining(in: folder)
                training.recipe.architecture = .realNVP(
                    RealNVPSettings(scales: 1, blocks: 4, width: 128))
                training.recipe.batch = 64
                var trainer = try Trainer(training.recipe, data: training.data)
                try MemoryLimit.allow(byteCount: 16 << 20)
                let error = #expect(throws: TrainingError.self) { try trainer.step() }
                #expect(error?.description.contains("a smaller batch than 64") == true)
            }
        }
    }
}
