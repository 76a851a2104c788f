import Arrays
import Foundation
import Images
import Jobs
import Models
import Pipeline
import Tensors

/// A folder with a tiny model, pictures and jobs, and a restorer that works in it.
struct SmallWorld {
    static let side = 8

    let root: String
    var restorer = Restorer(software: "sluice test")

    /// A world with the model `tiny` (8×8, gray) and two pictures, beneath `root`.
    init(_ root: URL) throws {
        self.root = root.path(percentEncoded: false)
        try Self.writeModel(to: "\(self.root)/Models/tiny")
        try write(picture(phase: 0), "job/a.png")
        try write(picture(phase: 3), "job/b.png")
    }

    /// A smooth gray picture, whose darkest pixels have `level`.
    func picture(phase: Int, side: Int = Self.side, level: Int = 60) throws -> [UInt8] {
        let levels = (0..<side * side).map {
            UInt8(level + 8 * (($0 / side + $0 + phase) % 16))
        }
        return try Picture(pixels: HostArray(levels, shape: [side, side, 1])).png()
    }

    func write(_ bytes: [UInt8], _ name: String) throws {
        let path = "\(root)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true)
        try OutputFile.write(bytes, to: path)
    }

    func bytes(_ name: String) throws -> [UInt8] {
        try InputFile("\(root)/\(name)").contents()
    }

    func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { InputFile.exists("\(root)/\(name)") }

    /// Runs `job`, the text of a job file, with results in `output`.
    mutating func run(
        _ job: String, to output: String = "out", prefix: String = "",
        progress: (JobStep) throws -> Void = { _ in }
    ) throws -> JobOutcome {
        let folder = "\(root)/\(output)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        return try restorer.restore(order(job, in: folder, prefix), progress: progress)
    }

    /// Checks `job`, the text of a job file; what is not there is returned.
    mutating func check(_ job: String) throws -> [JobFault] {
        try restorer.check(order(job, in: "\(root)/nowhere", ""))
    }

    private func order(_ job: String, in folder: String, _ prefix: String) throws -> JobOrder {
        try write([UInt8](job.utf8), "job/job.yaml")
        return JobOrder(
            name: "small", id: "1", jobFile: "\(root)/job/job.yaml", folder: "\(root)/job",
            policy: .confined(datasets: [], models: ["\(root)/Models"]), output: folder,
            device: .cpu, threads: 1, picturePrefix: prefix)
    }

    /// The order for `job`, the text of a job file, with results in `outN` and pictures out of the folder `pictures`.
    func order(_ job: String, number: Int, pictures: String = "job") throws -> JobOrder {
        try write([UInt8](job.utf8), "job/job\(number).yaml")
        let folder = "\(root)/out\(number)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        return JobOrder(
            name: "small\(number)", id: "\(number)", jobFile: "\(root)/job/job\(number).yaml",
            folder: "\(root)/\(pictures)",
            policy: .confined(datasets: [], models: ["\(root)/Models"]), output: folder,
            device: .cpu, threads: 1)
    }

    private static func writeModel(to folder: String) throws {
        let architecture = Architecture.glow(
            GlowSettings(levels: 1, steps: 2, lastSteps: 2, hidden: 4))
        let store = ParameterStore(random: Generator(seed: 1))
        let flow = try architecture.flow(imageShape: [1, side, side], in: store.root)
        var generator = Generator(seed: 2)
        _ = try withoutGradient { try flow.start(on: generator.uniform([16, 1, side, side])) }
        var weights: [String: HostArray] = [:]
        for (name, tensor) in store.tensors { weights[name] = try tensor.hostArray() }
        let description = ModelDescription(
            name: "tiny", architecture: architecture, imageShape: [1, side, side], bits: 8,
            bitsPerDimension: 1.5, training: nil,
            weights: .init(file: "model.safetensors", sha256: "", parameters: 0),
            software: "sluice test")
        try ModelFolder.write(description, weights: weights, card: "# tiny\n", to: folder)
    }
}
