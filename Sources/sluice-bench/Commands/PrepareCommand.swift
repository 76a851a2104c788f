import ArgumentParser
import Datasets
import Foundation
import Images
import Programs

/// The command `sluice-bench prepare`.
struct PrepareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Times turning JPEG files into a data set, on all cores.",
        discussion: """
            The pictures are made once and kept in the folder, so that another program can be \
            given the same.
            """)

    @Option(help: "Where the pictures are, or are written when there is no such folder.")
    var folder: String

    @Option(help: "The pictures that are made.") var pictures = 10_000

    @Option(help: "Their width.") var width = 178

    @Option(help: "Their height.") var height = 218

    @Option(help: "The side of the squares that they become.") var size = 64

    @Flag(name: .customLong("whole-jpeg"), help: "Decode all pixels.") var wholeJPEG = false

    @Flag(help: "Make the pictures and stop.") var makeOnly = false

    @Flag(help: "Print one line of JSON.") var json = false

    func validate() throws {
        for (name, value, limit) in [
            ("pictures", pictures, 1_000_000), ("width", width, 8192), ("height", height, 8192),
            ("size", size, 8192),
        ] where !(1...limit).contains(value) {
            throw ValidationError("--\(name) is 1 to \(limit), not \(value)")
        }
    }

    func run() throws {
        if !FileManager.default.fileExists(atPath: folder) {
            try BenchPictures(width: width, height: height).write(pictures, to: folder)
        }
        if makeOnly { return }
        let output = FileManager.default.temporaryDirectory
            .appending(path: "sluice-bench-\(UUID().uuidString)")
        // What is left there does no harm.
        defer { try? FileManager.default.removeItem(at: output) }
        let preparation = DatasetPreparation(
            sources: [folder],
            output: try DatasetFiles(output: output.appending(path: "set.idx.gz").path),
            picture: PicturePreparation(
                crop: .center, size: size, color: .rgb, decodesWholeJPEG: wholeJPEG),
            software: Software.name)
        let began = ContinuousClock.now
        let manifest = try preparation.run { _ in }
        try show(
            pictures: manifest.files.reduce(0) { $0 + $1.shape[0] },
            seconds: (ContinuousClock.now - began) / .seconds(1))
    }

    private func show(pictures: Int, seconds: Double) throws {
        let rate = Double(pictures) / seconds
        guard json else {
            return print(
                String(format: "%d pictures in %.2f s, %.0f a second", pictures, seconds, rate))
        }
        let result = Result(
            software: Software.name, pictures: pictures, seconds: seconds, rate: rate)
        print(try result.json())
    }

    private struct Result: Encodable {
        let software: String
        let pictures: Int
        let seconds: Double
        let rate: Double

        enum CodingKeys: String, CodingKey {
            case software, pictures, seconds
            case rate = "pictures_per_second"
        }
    }
}
