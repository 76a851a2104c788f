import Arrays
import Datasets
import Foundation
import Images
import TestSupport
import Testing

@Suite struct DatasetCommandTests {
    private let sluice = BuiltProgram("sluice")

    /// Runs `sluice dataset` in `folder`.
    private func dataset(_ arguments: String..., in folder: URL) throws -> BuiltProgram.Outcome {
        try sluice.run(["dataset"] + arguments, in: folder)
    }

    /// Writes `a.npy`, gray pictures of 12 by 10 pixels.
    private func writePictures(_ count: Int, in folder: URL) throws {
        let samples = (0..<count * 120).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try NPYFile(HostArray(samples, shape: [count, 10, 12]))
            .write(to: folder.appending(path: "a.npy").path)
    }

    @Test func `a data set is made, shown and verified`() throws {
        try withTemporaryDirectory { folder in
            try writePictures(40, in: folder)
            let prepared = try dataset(
                "prepare", "a.npy", "--output", "set.idx.gz", "--size", "8", "--crop", "1,0,11,10",
                "--split", "train=0.75,test=0.25", "--bits", "5", in: folder)
            #expect(prepared.status == 0)
            #expect(prepared.output.contains("set-train.idx.gz  30 pictures of 8x8"))
            #expect(prepared.errors.contains("100 %"))

            let info = try dataset("info", "--json", "set-test.idx.gz", in: folder)
            let statistics = try JSONDecoder().decode(
                DatasetStatistics.self, from: Data(info.output.utf8))
            #expect(statistics.shape == [10, 8, 8])
            #expect(statistics.bits == 5)

            let preview = try dataset("preview", "set-test.idx.gz", "--count", "4", in: folder)
            #expect(preview.output == "set-test.png\n")
            let png = try [UInt8](Data(contentsOf: folder.appending(path: "set-test.png")))
            #expect(try Picture(decoding: png, name: "sheet").color == .gray)

            let verified = try dataset("verify", "--sources", "set.json", in: folder)
            #expect(verified.status == 0)
            #expect(verified.output == "set-train.idx.gz: OK\nset-test.idx.gz: OK\na.npy: OK\n")
        }
    }

    @Test func `files that exist are replaced only when asked for`() throws {
        try withTemporaryDirectory { folder in
            try writePictures(3, in: folder)
            for line in ["prepare a.npy --output s.idx", "preview s.idx --output s.png"] {
                let words = line.split(separator: " ").map(String.init)
                #expect(try sluice.run(["dataset"] + words, in: folder).status == 0)
                let refused = try sluice.run(["dataset"] + words, in: folder)
                #expect(refused.status == 73)
                #expect(refused.errors.contains("exists already"))
                #expect(refused.errors.contains("--replace"))
                let replaced = try sluice.run(["dataset"] + words + ["--replace"], in: folder)
                #expect(replaced.status == 0, "\(replaced.errors)")
            }
        }
    }

    @Test func `the folder of a data set is made with it`() throws {
        try withTemporaryDirectory { folder in
            try writePictures(8, in: folder)
            let prepared = try dataset(
                "prepare", "a.npy", "--output", "Data/more/set.idx.gz", in: folder)
            #expect(prepared.status == 0, "\(prepared.errors)")
            let verified = try dataset("verify", "Data/more/set.json", in: folder)
            #expect(verified.status == 0)
        }
    }

    @Test func `the manifest is printed when asked for`() throws {
        try withTemporaryDirectory { folder in
            try writePictures(3, in: folder)
            let prepared = try dataset(
                "prepare", "a.npy", "--output", "s.idx", "--json", in: folder)
            let manifest = try [UInt8](Data(contentsOf: folder.appending(path: "s.json")))
            #expect(Array(prepared.output.utf8) == manifest)
        }
    }

    @Test func `a damaged file is found with exit code 65`() throws {
        try withTemporaryDirectory { folder in
            try writePictures(3, in: folder)
            _ = try dataset("prepare", "a.npy", "--output", "s.idx", in: folder)
            let path = folder.appending(path: "s.idx")
            try (Data(contentsOf: path) + [0]).write(to: path)
            let verified = try dataset("verify", "s.idx", in: folder)
            #expect(verified.status == 65)
            #expect(verified.output.contains("bytes"))
        }
    }

    @Test(arguments: [
        "64 prepare a.npy --output s.png",
        "64 prepare a.npy --output s.idx --split train=0.5",
        "64 prepare a.npy --output s.idx --crop 5,5,5,9",
        "64 prepare a.npy --output s.idx --bits 9",
        "64 prepare --output s.idx",
        "65 prepare text.txt --output s.idx",
        "65 prepare a.npy --output s.idx --crop 0,0,13,10",
        "65 prepare a.npy --output s.idx --crop none --size 8",
        "66 prepare missing.tar --output s.idx",
        "66 prepare a.npy --output s.idx --exclude missing.txt",
        "66 info missing.idx",
        "66 verify missing.json",
        "65 info text.txt",
        "65 verify text.txt",
        "73 prepare a.npy --output text.txt/s.idx",
        "73 preview good.idx --output nowhere/s.png",
        "73 prepare a.npy --output good.idx",
        "73 prepare a.npy --output text.idx",
        "64 prepare good.idx --output good.idx --replace",
        "73 preview good.idx --output text.txt",
        "64 preview good.idx --output good.idx --replace",
    ])
    func `a mistake has its exit code, a message and no output`(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        try withTemporaryDirectory { folder in
            try writePictures(3, in: folder)
            try Data("not a picture".utf8).write(to: folder.appending(path: "text.txt"))
            let writer = try IDXWriter(
                path: folder.appending(path: "good.idx").path, itemShape: [2, 2])
            try writer.append(writer.layout.block([1, 2, 3, 4]))
            try writer.publish()
            try Data("{}".utf8).write(to: folder.appending(path: "text.json"))
            let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            let outcome = try sluice.run(["dataset"] + words.dropFirst(), in: folder)
            #expect(String(outcome.status) == words[0])
            #expect(outcome.output.isEmpty)
            #expect(!outcome.errors.isEmpty)
            let after = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(Set(after) == Set(before))
        }
    }

    @Test func `an interrupt ends the work with exit code 130 and without a file`() throws {
        try withTemporaryDirectory { folder in
            try writePictures(30_000, in: folder)
            let outcome = try sluice.run(
                ["dataset", "prepare", "a.npy", "--output", "s.idx.gz", "--size", "9"], in: folder
            ) { $0.interrupt() }
            #expect(outcome.status == 130)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.npy"])
        }
    }
}
