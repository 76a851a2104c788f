import Arrays
import Foundation
import Models
import TestSupport
import Testing
import Training

@Suite(.timeLimit(.minutes(20))) struct CheckpointTests {
    /// A training with a checkpoint after two steps in the folder "a".
    private func trained(in folder: URL) throws -> SyntheticTraining {
        let training = try SyntheticTraining(in: folder, steps: 2)
        var run = try training.run("a")
        try run.run { _ in }
        return training
    }

    @Test func `a checkpoint of another recipe is refused`() throws {
        try withTemporaryDirectory { folder in
            let training = try trained(in: folder)
            let changes: [(inout TrainingRecipe) -> Void] = [
                { $0.seed = 6 }, { $0.bits = 5 },
                { $0.architecture = .realNVP(RealNVPSettings(scales: 1, blocks: 2, width: 4)) },
            ]
            for change in changes {
                var other = training
                change(&other.recipe)
                let error = #expect(throws: TrainingError.self) {
                    try other.run("a", isResuming: true)
                }
                let path = training.path("a/\(TrainingRun.checkpointFile)")
                #expect(error?.reason == .otherRecipe(path))
            }
        }
    }

    @Test func `a longer recipe goes on`() throws {
        try withTemporaryDirectory { folder in
            var training = try trained(in: folder)
            training.recipe.steps = 3
            var run = try training.run("a", isResuming: true)
            try run.run { _ in }
            #expect(run.trainer.state.step == 3)
        }
    }

    @Test func `without a checkpoint, resuming begins`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder)
            #expect(try training.run("new", isResuming: true).trainer.state.step == 0)
        }
    }

    @Test func `a checkpoint with damaged facts is refused`() throws {
        try withTemporaryDirectory { folder in
            let training = try trained(in: folder)
            let file = try training.checkpoint("a")
            for key in ["state", "recipe", "adam_steps"] {
                for text in ["", "{}", "-1", "null"] {
                    let metadata = file.metadata.merging([key: text]) { $1 }
                    try SafetensorsFile(tensors: file.tensors, metadata: metadata)
                        .write(to: training.path("a/\(TrainingRun.checkpointFile)"))
                    #expect(throws: TrainingError.self, "\(key): \(text)") {
                        try training.run("a", isResuming: true)
                    }
                }
            }
        }
    }

    @Test func `a checkpoint with missing or misshapen moments is refused`() throws {
        try withTemporaryDirectory { folder in
            let training = try trained(in: folder)
            let file = try training.checkpoint("a")
            for prefix in ["mean/", "square/", "average/"] {
                let name = try #require(
                    file.tensors.keys.filter { $0.hasPrefix(prefix) }.sorted().first)
                for replacement in [nil, HostArray([1, 2, 3] as [Float], shape: [3])] {
                    var tensors = file.tensors
                    tensors[name] = replacement
                    try SafetensorsFile(tensors: tensors, metadata: file.metadata)
                        .write(to: training.path("a/\(TrainingRun.checkpointFile)"))
                    #expect(throws: TrainingError.self) { try training.run("a", isResuming: true) }
                }
            }
        }
    }

    @Test func `a checkpoint that was cut off is refused`() throws {
        try withTemporaryDirectory { folder in
            let training = try trained(in: folder)
            let path = training.path("a/\(TrainingRun.checkpointFile)")
            let bytes = try InputFile(path).contents()
            try OutputFile.write(Array(bytes.prefix(bytes.count / 2)), to: path)
            #expect(throws: ArrayError.self) { try training.run("a", isResuming: true) }
        }
    }
}
