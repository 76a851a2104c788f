import Arrays
import Datasets
import Foundation
import Images
import TestSupport
import Testing

@Suite struct DatasetPreparationTests {
    struct Stop: Error {}

    private func preparation(
        _ source: String, _ folder: URL, name: String = "set.idx.gz"
    ) throws -> DatasetPreparation {
        DatasetPreparation(
            sources: [source],
            output: try DatasetFiles(output: folder.appending(path: "out/\(name)").path),
            software: "test")
    }

    /// A temporary folder with `out` inside, and what is in `out` afterwards.
    private func withFolders(_ body: (URL) throws -> Void) throws {
        try withTemporaryDirectory { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "out"), withIntermediateDirectories: true)
            try body(folder)
        }
    }

    private func outputs(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: "out").path
        ).sorted()
    }

    private func file(_ name: String, _ folder: URL) throws -> IDXFile {
        try IDXFile(reading: folder.appending(path: "out/\(name)").path)
    }

    @Test(arguments: ["set.idx.gz", "set.idx"])
    func `pictures come out in the order of their source`(_ name: String) throws {
        try withFolders { folder in
            let source = try PictureFixtures.folder(of: 250, in: folder)
            let manifest = try preparation(source, folder, name: name).run { _ in }
            #expect(try outputs(folder) == [name, "set.json"])
            let file = try file(name, folder)
            #expect(file.shape == [250, 8, 8, 3])
            for index in 0..<250 {
                #expect(file.item(index).bytes == [UInt8](repeating: UInt8(index), count: 192))
            }
            #expect(manifest.files.map(\.shape) == [[250, 8, 8, 3]])
            #expect(manifest.sources.map(\.used) == [250])
            let path = folder.appending(path: "out/set.json").path
            #expect(try DatasetManifest(reading: path) == manifest)
        }
    }

    /// Waves of 200 × 128 pixels, whose central square begins at 36, and of 201 × 129.
    @Test(arguments: [(200, 128, true), (201, 129, false)])
    func `large JPEG files are decoded at a reduced size where that cuts at the same place`(
        _ width: Int, _ height: Int, _ isReduced: Bool
    ) throws {
        try withFolders { folder in
            let samples = (0..<width * height * 3).map { index in
                let (x, y) = (index / 3 % width, index / 3 / width)
                return UInt8((x * x / 90 + y * y / 60 + 20 * (index % 3)) % 200 + 20)
            }
            let shape = [height, width, 3]
            let bytes = try Picture(pixels: HostArray(samples, shape: shape)).jpeg(quality: 90)
            try Data(bytes).write(to: folder.appending(path: "wave.jpg"))
            func prepared(_ name: String, wholly: Bool) throws -> ([UInt8], DatasetManifest) {
                var preparation = try preparation(
                    folder.appending(path: "wave.jpg").path, folder, name: "\(name).idx")
                preparation.picture = PicturePreparation(
                    crop: .center, size: 32, decodesWholeJPEG: wholly)
                let manifest = try preparation.run { _ in }
                return (try file("\(name).idx", folder).item(0).bytes, manifest)
            }
            let (reduced, manifest) = try prepared("reduced", wholly: false)
            let (whole, wholeManifest) = try prepared("whole", wholly: true)
            #expect(manifest.settings.jpeg == "reduced")
            #expect(wholeManifest.settings.jpeg == "whole")
            let errors = zip(reduced, whole).map { Double($0) - Double($1) }
            let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
            #expect((square > 0) == isReduced)
            // 34 dB, with edges sharper than any photograph's; a shift of half a pixel gives 20.
            #expect(square < 255 * 255 / 2500)
        }
    }

    @Test func `a split divides without loss and without repetition`() throws {
        try withFolders { folder in
            let source = try PictureFixtures.folder(of: 100, in: folder)
            var preparation = try preparation(source, folder)
            preparation.split = try Split(parsing: "train=0.8,validation=0.15,test=0.05")
            preparation.seed = 3
            let manifest = try preparation.run { _ in }
            var values: [UInt8] = []
            for part in ["train", "validation", "test"] {
                let file = try file("set-\(part).idx.gz", folder)
                let own = (0..<file.count).map { file.item($0).bytes[0] }
                #expect(own == own.sorted())
                values += own
            }
            #expect(values.sorted() == Array(0..<100))
            #expect(manifest.files.map(\.part) == ["train", "validation", "test"])
            #expect(manifest.files.map { $0.shape[0] } == [80, 15, 5])
        }
    }

    @Test func `the same settings give the same bytes`() throws {
        try withFolders { folder in
            let source = try PictureFixtures.folder(of: 60, in: folder)
            var preparation = try preparation(source, folder)
            preparation.split = try Split(parsing: "a=0.5,b=0.5")
            let first = try preparation.run { _ in }
            preparation.existingFiles = .replace
            let second = try preparation.run { _ in }
            #expect(first == second)
        }
    }

    @Test func `crop, size, colour and bits are applied`() throws {
        try withFolders { folder in
            let path = folder.appending(path: "a.npy").path
            let samples = (0..<2 * 12 * 16 * 3).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            try NPYFile(HostArray(samples, shape: [2, 12, 16, 3])).write(to: path)
            var preparation = try preparation(path, folder)
            preparation.picture = PicturePreparation(
                crop: .box(PixelRectangle(x: 3, y: 1, width: 10, height: 10)), size: 5,
                color: .gray, bits: 3)
            let manifest = try preparation.run { _ in }
            let file = try file("set.idx.gz", folder)
            #expect(file.shape == [2, 5, 5])
            #expect(file.item(1).bytes.allSatisfy { $0 & 0x1F == 0 })
            #expect(manifest.settings.crop == "3,1,13,11")
            #expect(manifest.settings.bits == 3)
            #expect(DatasetStatistics(of: file).bits <= 3)
        }
    }

    @Test func `a bad picture is named, and nothing appears`() throws {
        try withFolders { folder in
            let source = try PictureFixtures.folder(of: 70, in: folder)
            try Data("no picture".utf8).write(to: URL(filePath: source + "/0042.png"))
            let preparation = try preparation(source, folder)
            let error = #expect(throws: DatasetError.self) { try preparation.run { _ in } }
            #expect(error?.description.contains("0042.png") == true)
            #expect(error?.description.contains("--skip-bad") == true)
            #expect(try outputs(folder).isEmpty)
        }
    }

    @Test(arguments: ["set-train.idx.gz", "set-test.idx.gz", "set.json"])
    func `a file that exists is kept, and replaced only when asked for`(_ name: String) throws {
        try withFolders { folder in
            let source = try PictureFixtures.folder(of: 10, in: folder)
            let path = folder.appending(path: "out/\(name)")
            try Data("older".utf8).write(to: path)
            var preparation = try preparation(source, folder)
            preparation.split = try Split(parsing: "train=0.5,test=0.5")
            var events = 0
            let error = #expect(throws: DatasetError.self) {
                try preparation.run { _ in events += 1 }
            }
            #expect(error == DatasetError(.exists, in: path.path))
            #expect(events == 0)
            #expect(try outputs(folder) == [name])
            #expect(try Data(contentsOf: path) == Data("older".utf8))
            preparation.existingFiles = .replace
            _ = try preparation.run { _ in }
            #expect(try outputs(folder) == ["set-test.idx.gz", "set-train.idx.gz", "set.json"])
            #expect(try Data(contentsOf: path) != Data("older".utf8))
        }
    }

    @Test func `bad pictures are skipped and reported when asked for`() throws {
        try withFolders { folder in
            let source = try PictureFixtures.folder(of: 70, in: folder)
            let whole = try Data(contentsOf: URL(filePath: source + "/0000.png"))
            try whole.prefix(60).write(to: URL(filePath: source + "/0000.png"))
            try Data().write(to: URL(filePath: source + "/0042.png"))
            var preparation = try preparation(source, folder)
            preparation.badPictures = .skip
            var reported: [String] = []
            let manifest = try preparation.run { event in
                if case .skipped(let skipped) = event { reported.append(skipped.name) }
            }
            #expect(reported == ["0000.png", "0042.png"])
            #expect(manifest.skipped.map(\.name) == reported)
            #expect(manifest.sources.map(\.pictures) == [70])
            #expect(manifest.sources.map(\.used) == [68])
            #expect(try file("set.idx.gz", folder).shape == [68, 8, 8, 3])
        }
    }

    @Test func `interrupted work leaves nothing, or what was there before`() throws {
        try withFolders { folder in
            let source = try PictureFixtures.folder(of: 20, in: folder)
            var preparation = try preparation(source, folder)
            #expect(throws: Stop.self) { try preparation.run { _ in throw Stop() } }
            #expect(try outputs(folder).isEmpty)
            let before = try preparation.run { _ in }
            preparation.existingFiles = .replace
            #expect(throws: Stop.self) { try preparation.run { _ in throw Stop() } }
            #expect(try outputs(folder) == ["set.idx.gz", "set.json"])
            let verification = try DatasetVerification(
                of: folder.appending(path: "out/set.json").path)
            #expect(verification.manifest == before)
            #expect(verification.findings().allSatisfy { $0.problem == nil })
        }
    }

    @Test func `excluded names are left out, however they are written`() throws {
        try withFolders { folder in
            let source = try PictureFixtures.folder(of: 6, in: folder)
            let list = folder.appending(path: "list.txt")
            try Data("# test pictures\n0001.png\r\n 0004 \n\nmissing.png\n".utf8).write(to: list)
            var preparation = try preparation(source, folder)
            preparation.excluded = try ExcludedNames(reading: list.path)
            var unmatched: [String] = []
            _ = try preparation.run { event in
                if case .unmatchedExclusions(let names) = event { unmatched = names }
            }
            let file = try file("set.idx.gz", folder)
            #expect((0..<file.count).map { file.item($0).bytes[0] } == [0, 2, 3, 5])
            #expect(unmatched == ["missing.png"])
        }
    }

    @Test func `pictures that differ in shape need a size and a colour`() throws {
        try withFolders { folder in
            let source = try PictureFixtures.folder(of: 3, in: folder)
            let gray = try PictureFixtures.picture(9, width: 6, height: 9, channels: 1)
            try Data(try gray.png()).write(to: URL(filePath: source + "/z.png"))
            var preparation = try preparation(source, folder)
            preparation.badPictures = .skip
            let error = #expect(throws: DatasetError.self) { try preparation.run { _ in } }
            #expect(error?.description.contains("z.png") == true)
            preparation.picture = PicturePreparation(crop: .center, size: 4, color: .rgb)
            _ = try preparation.run { _ in }
            #expect(try file("set.idx.gz", folder).shape == [4, 4, 4, 3])
        }
    }

    @Test func `sources of several kinds are put one after another`() throws {
        try withFolders { folder in
            let path = folder.appending(path: "a.tar")
            let files = try [10, 11].map { value in
                (name: "\(value).png", bytes: try PictureFixtures.picture(value).png())
            }
            try PictureFixtures.tar(files).write(to: path)
            let pictures = try PictureFixtures.folder(of: 2, in: folder)
            var preparation = try preparation(path.path, folder)
            preparation.sources.append(pictures)
            preparation.sources.append(pictures + "/0001.png")
            let manifest = try preparation.run { _ in }
            let file = try file("set.idx.gz", folder)
            #expect((0..<file.count).map { file.item($0).bytes[0] } == [10, 11, 0, 1, 1])
            #expect(manifest.sources.map(\.kind) == [.tar, .folder, .picture])
        }
    }

    @Test func `a source is never overwritten and never taken twice`() throws {
        try withFolders { folder in
            let pictures = try PictureFixtures.folder(of: 2, in: folder)
            _ = try preparation(pictures, folder).run { _ in }
            let output = folder.appending(path: "out/set.idx.gz").path
            var overwriting = try preparation(output, folder)
            for existing in [DatasetPreparation.ExistingFiles.refuse, .replace] {
                overwriting.existingFiles = existing
                let error = #expect(throws: DatasetError.self) { try overwriting.run { _ in } }
                #expect(error?.description.contains("is a source as well") == true)
            }
            var twice = try preparation(pictures, folder)
            twice.existingFiles = .replace
            twice.sources.append(pictures)
            #expect(throws: DatasetError.self) { try twice.run { _ in } }
        }
    }

    @Test func `sources without pictures are refused`() throws {
        try withFolders { folder in
            let empty = try preparation(folder.appending(path: "out").path, folder)
            #expect(throws: DatasetError.self) { try empty.run { _ in } }
        }
    }

    @Test(arguments: ["set.png", ".idx.gz", "out/", ""])
    func `an output that is no IDX file is refused`(_ path: String) {
        #expect(throws: DatasetError.self) { try DatasetFiles(output: path) }
    }
}
