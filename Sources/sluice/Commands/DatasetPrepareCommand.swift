import ArgumentParser
import Datasets
import Images
import Programs

struct DatasetPrepareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Turn pictures into IDX files and a manifest.",
        discussion: """
            Sources are folders, tar archives, IDX, NPY, PNG and JPEG files. With --split, every \
            part becomes a file NAME-PART.idx.gz; NAME.json says where everything came from. The \
            files appear when all of them are complete; with --replace, in the place of older ones.
            """)

    @Argument(help: "Where the pictures are.") var sources: [String]

    @Option(help: "NAME.idx.gz, or NAME.idx for a file that is not gzipped.") var output: String

    @Option(help: "The side of the squares that pictures are resized to.") var size: Int?

    @Option(
        help: """
            none, center, or the box left,top,right,bottom in pixels. With --size the default is \
            center, otherwise none.
            """)
    var crop: PicturePreparation.Crop?

    @Option(help: "rgb or gray. Without it, all pictures must have the same colours.")
    var color: ColorModel?

    @Option(help: "How many of the highest bits of every sample are kept, 1 to 8.") var bits = 8

    @Option(help: "How pictures are resized: box, bilinear, bicubic or lanczos.")
    var filter = ResizeFilter.bicubic

    @Flag(
        help: """
            Decode all pixels of JPEG files, also where a half, a quarter or an eighth of them a side \
            is twice what --size needs.
            """)
    var wholeJPEG = false

    @Option(help: "A file with the names of pictures that are left out, one a line.")
    var exclude: String?

    @Option(help: "For instance train=0.9,validation=0.05,test=0.05.") var split: String?

    @Option(help: "Chooses which pictures are in which part.") var seed: UInt64 = 0

    @Flag(help: "Report pictures that cannot be used and go on.") var skipBad = false

    @Flag(help: "Replace files that exist already.") var replace = false

    @Flag(help: "Print the manifest.") var json = false

    func validate() throws {
        guard (1...8).contains(bits) else {
            throw ValidationError("--bits is 1 to 8, not \(bits)")
        }
        if let size, !(1...8192).contains(size) {
            throw ValidationError("--size is 1 to 8192, not \(size)")
        }
    }

    func run() throws {
        try reportingErrors {
            Interruption.note()
            let manifest = try prepare(try preparation())
            if json {
                print(String(decoding: try manifest.json(), as: UTF8.self), terminator: "")
            } else {
                for line in DatasetSummary.lines(manifest) { print(line) }
            }
        }
    }

    private func preparation() throws -> DatasetPreparation {
        DatasetPreparation(
            sources: sources,
            output: try DatasetFiles(output: output),
            picture: PicturePreparation(
                crop: crop ?? (size == nil ? .none : .center), size: size, color: color,
                bits: bits, filter: filter, decodesWholeJPEG: wholeJPEG),
            split: try split.map { text throws(DatasetError) in try Split(parsing: text) },
            seed: seed,
            excluded: try exclude.map { path throws(DatasetError) in
                try ExcludedNames(reading: path)
            } ?? ExcludedNames(),
            badPictures: skipBad ? .skip : .refuse,
            existingFiles: replace ? .replace : .refuse,
            software: Software.name)
    }

    private func prepare(_ preparation: DatasetPreparation) throws -> DatasetManifest {
        var line = ProgressLine("prepare", unit: "pictures")
        defer { line.clear() }
        return try preparation.run { event in
            try Interruption.check()
            switch event {
            case .progress(let done, let total): line.show(done, of: total)
            case .skipped(let skipped):
                line.clear()
                StandardError.write(
                    printable("skipped \(skipped.source): \(skipped.name): \(skipped.reason)"))
            case .unmatchedExclusions(let names):
                StandardError.write(
                    printable(
                        "warning: \(names.count) of the names to exclude name no picture, "
                            + "for instance \(names[0])"))
            }
        }
    }
}

extension ColorModel: ExpressibleByArgument {}
extension ResizeFilter: ExpressibleByArgument {}

extension PicturePreparation.Crop: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument {
        case "none": self = .none
        case "center": self = .center
        default:
            let numbers = argument.split(separator: ",", omittingEmptySubsequences: false)
                .map { Int($0) }
            guard numbers.count == 4, let left = numbers[0], let top = numbers[1],
                let right = numbers[2], let bottom = numbers[3],
                0 <= left, left < right, 0 <= top, top < bottom
            else { return nil }
            self = .box(PixelRectangle(x: left, y: top, width: right - left, height: bottom - top))
        }
    }
}
