import ArgumentParser
import Arrays
import Models
import Programs
import Worker

struct ModelSampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Draw a sheet of pictures that a model makes up.",
        discussion: "The path of the sheet goes to standard output.")

    @Argument(help: "The model.") var name: String

    @Option(name: .shortAndLong, help: "The PNG file; without it NAME.png in the current folder.")
    var output: String?

    @Flag(help: "Replace a PNG file that exists already.") var replace = false

    @Option(help: "How many pictures are drawn.") var count = 32

    @Option(help: "The standard deviation of the latents; 1 is that of training.")
    var temperature = 0.7

    @Option(help: "Chooses the pictures.") var seed: UInt64 = 0

    @OptionGroup var computing: ComputingOptions

    @OptionGroup var options: LibraryOptions

    func validate() throws {
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is 1 to 10000, not \(count)")
        }
        guard (0...100).contains(temperature) else {
            throw ValidationError("--temperature is 0 to 100, not \(temperature)")
        }
    }

    func run() throws {
        try reportingErrors {
            Interruption.note()
            let folder = try options.library.model(name)
            let place = try OutputPlace(
                output ?? "\(folder.description.name).png", isReplacing: replace)
            _ = try computing.prepare()
            var line = ProgressLine("sample", unit: "pictures")
            defer { line.clear() }
            let sheet = try PictureSheet(
                of: folder, count: count, temperature: temperature, seed: seed,
                on: computing.device.device()
            ) { done in
                try Interruption.check()
                line.show(done, of: count)
            }
            try write(sheet, to: place, model: folder.path)
        }
    }

    private func write(_ sheet: PictureSheet, to place: OutputPlace, model: String) throws {
        guard let png = sheet.png else {
            throw ModelCommandError(.notFinite(sheet.skipped), in: "pictures of \(model)")
        }
        if sheet.skipped > 0 {
            StandardError.write(
                "warning: \(sheet.skipped) pictures are left out; they are not finite")
        }
        try OutputFile.write(png, to: place.path)
        print(place.path)
    }
}
