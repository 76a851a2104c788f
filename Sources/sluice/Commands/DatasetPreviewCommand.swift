import ArgumentParser
import Arrays
import Datasets
import Images

struct DatasetPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Draw a contact sheet of an IDX file.")

    @Argument(help: "The IDX file.") var file: String

    @Option(help: "The PNG file; without it NAME.png in the current folder.") var output: String?

    @Option(help: "How many pictures are shown.") var count = 64

    @Option(help: "Chooses the pictures.") var seed: UInt64 = 0

    func validate() throws {
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is 1 to 10000, not \(count)")
        }
    }

    func run() throws {
        try reportingErrors {
            let sheet = try DatasetPreview(count: count, seed: seed)
                .sheet(of: try IDXFile(reading: file))
            let path = output ?? defaultOutput
            try OutputFile.write(try sheet.png(name: path), to: path)
            print(path)
        }
    }

    /// NAME.png for NAME.idx.gz.
    private var defaultOutput: String {
        var name = file.split(separator: "/").last.map(String.init) ?? file
        for suffix in [".gz", ".idx"] where name.hasSuffix(suffix) {
            name.removeLast(suffix.count)
        }
        return name + ".png"
    }
}
