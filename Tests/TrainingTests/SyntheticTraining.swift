import Arrays
import Datasets
import Foundation
import Models
import Tensors
import TestSupport
import Training

/// A training that takes no time: a tiny flow on smooth pictures of 8 by 8 pixels.
struct SyntheticTraining {
    let folder: URL
    let data: PictureSet
    let validation: PictureSet
    var recipe: TrainingRecipe

    init(in folder: URL, steps: Int = 10) throws {
        // Threads cost more than they gain on pictures so small, and much more on a busy machine.
        try TorchProcess.useThreads(1)
        self.folder = folder
        data = try PictureSet([Self.file("train.idx", count: 64, seed: 1, in: folder)])
        validation = try PictureSet([Self.file("validation.idx", count: 10, seed: 2, in: folder)])
        recipe = TrainingRecipe(
            name: "tiny",
            architecture: .realNVP(RealNVPSettings(scales: 1, blocks: 1, width: 4)),
            train: ["train.idx"], validation: ["validation.idx"], flips: true, batch: 8,
            steps: steps, schedule: LearningRateSchedule(peak: 0.01, warmUp: 2, decay: .cosine),
            weightNormPenalty: 1e-5, averaging: 0.9, validateEvery: 4, seed: 5)
    }

    /// The run in the folder `name`.
    func run(_ name: String, isResuming: Bool = false) throws -> TrainingRun {
        try TrainingRun(
            recipe, data: data, validation: validation, folder: path(name), isResuming: isResuming)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func checkpoint(_ name: String) throws -> SafetensorsFile {
        try SafetensorsFile(reading: path("\(name)/\(TrainingRun.checkpointFile)"))
    }

    /// The rows of the log, without the seconds.
    func rows(_ name: String) throws -> [[String]] {
        let text = try String(
            contentsOfFile: path("\(name)/\(TrainingRun.logFile)"), encoding: .utf8)
        return text.split(separator: "\n").map { row in
            var cells = row.split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
            if cells.count > 2 { cells.remove(at: 2) }
            return cells
        }
    }

    /// Pictures with one blurred spot each.
    private static func file(
        _ name: String, count: Int, seed: UInt64, in folder: URL
    ) throws -> IDXFile {
        var random = SeededGenerator(seed: seed)
        let path = folder.appending(path: name).path
        let writer = try IDXWriter(path: path, itemShape: [8, 8])
        for _ in 0..<count {
            let center = (Double.random(in: 2..<6, using: &random), Double(seed % 3) + 3)
            let samples = (0..<64).map { index in
                let (row, column) = (Double(index / 8), Double(index % 8))
                let distance =
                    (row - center.0) * (row - center.0)
                    + (column - center.1) * (column - center.1)
                return UInt8(250 / (1 + distance / 4))
            }
            try writer.append(writer.layout.block(samples))
        }
        try writer.publish()
        return try IDXFile(reading: path)
    }
}

/// Thrown by tests that stop a training.
struct Stopped: Error {}
