import Datasets
import Foundation
import Tensors
import Worker

/// A training that takes no time.
enum TinyTraining {
    /// Writes data and a recipe of `steps` steps, and returns its path.
    static func recipe(steps: Int, in folder: URL) throws -> String {
        // Threads cost more than they gain on pictures so small.
        try TorchProcess.useThreads(1)
        let data = folder.appending(path: "pictures.idx").path
        let writer = try IDXWriter(path: data, itemShape: [8, 8])
        for item in 0..<24 {
            let samples = (0..<64).map { UInt8(truncatingIfNeeded: 4 * $0 / 2 + item) }
            try writer.append(writer.layout.block(samples))
        }
        try writer.publish()
        let path = folder.appending(path: "tiny.yaml").path
        let text = """
            version: 1
            name: tiny
            architecture: {real_nvp: {scales: 1, blocks: 1, width: 4}}
            train: [pictures.idx]
            validation: [pictures.idx]
            validation_limit: 8
            batch: 8
            steps: \(steps)
            learning_rate: {peak: 0.01}
            card: |
              Made of slopes.
            terms: Do what you want.

            """
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    static func session(
        _ recipe: String, _ model: String, _ beginning: TrainingSession.Beginning = .fresh
    ) throws -> TrainingSession {
        try TrainingSession(recipe: recipe, output: model, device: .cpu, beginning: beginning)
    }
}
