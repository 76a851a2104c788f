import ArgumentParser
import Datasets
import Foundation
import Models
import Tensors
import Training

/// The command `sluice-bench train-step`.
struct TrainStepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train-step",
        abstract: "Times steps of training on random pictures.",
        discussion: """
            A step is a batch, its likelihood, the gradient for all weights, and a step of Adam, \
            as in sluice train. A model gives its sizes; its weights are not used.
            """)

    @OptionGroup var priorOptions: PriorOptions
    @OptionGroup var measuring: MeasuringOptions

    func run() throws {
        try measuring.prepare()
        let memory = try BenchMemory.now()
        let prior = try priorOptions.prior()
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "sluice-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What is left there does no harm.
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "pictures.idx").path
        try writePictures(4 * measuring.batch, prior.imageShape, to: file)
        var trainer = try Trainer(
            recipe(prior, file), data: PictureSet([IDXFile(reading: file)]))
        let parameters = trainer.store.ordered.reduce(0) { $0 + $1.count }
        let clock = ContinuousClock()
        let times = try (0..<measuring.iterations + BenchResult.warmUp).map { _ in
            try clock.measure { _ = try trainer.step() } / .seconds(1)
        }
        try measuring.show(
            BenchResult(
                prior, parameters: parameters, passes: 3, measuring, memoryBefore: memory,
                iterations: times))
    }

    private func recipe(_ prior: BenchPrior, _ file: String) -> TrainingRecipe {
        TrainingRecipe(
            name: "bench", architecture: prior.architecture, train: [file], validation: [],
            flips: prior.imageShape[0] == 3, batch: measuring.batch,
            steps: measuring.iterations + BenchResult.warmUp,
            schedule: LearningRateSchedule(peak: 1e-4))
    }

    /// Writes random bytes as pictures.
    private func writePictures(_ count: Int, _ imageShape: [Int], to path: String) throws {
        let (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
        let shape = channels == 1 ? [height, width] : [height, width, channels]
        var generator = RandomStreams(seed: 0)["pictures"]
        let bytes = try (generator.uniform([count] + shape) * 256).floats().map {
            UInt8(clamping: Int($0))
        }
        let writer = try IDXWriter(path: path, itemShape: shape)
        try writer.append(writer.layout.block(bytes))
        try writer.publish()
    }
}
