import ArgumentParser
import Arrays
import Datasets
import Images

struct DatasetPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Draw a contact sheet of an IDX file.")

    @Argument(help: "The IDX file.") var file: String

    @Option(help: "The PNG file; without it NAME.png in the current folder.") var output: String?

    @Flag(help: "Replace a PNG file that exists already.") var replace = false

    @Option(help: "How many pictures are shown.") var count = 64

    @Option(help: "Chooses the pictures.") var seed: UInt64 = 0

    func validate() throws {
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is 1 to 10000, not \(count)")
        }
    }

    func run() throws {
        try reportingErrors {
            let path = output ?? defaultOutput
            try check(path)
            let sheet = try DatasetPreview(count: count, seed: seed)
                .sheet(of: try IDXFile(reading: file))
            try OutputFile.write(try sheet.png(name: path), to: path)
            print(path)
        }
    }

    /// Checks that no file would be lost at `path`.
    private func check(_ path: String) throws(DatasetError) {
        guard !InputFile.isSame(file, path) else {
            throw DatasetError(.setting("\(path) is the file that is shown"), in: "output")
        }
        guard replace || !InputFile.exists(path) else { throw DatasetError(.exists, in: path) }
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
