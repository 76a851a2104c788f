import Foundation
import TestSupport
import Testing

/// `sluice run` where the system gives it little memory, as a control group or `ulimit` does.
@Suite(.timeLimit(.minutes(20))) struct MemoryLimitTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Restores `count` copies of a picture with so much memory for data.
    private func restore(
        _ picture: String, _ count: Int, prior: String,
        measured: String = "noise: {sine: {amplitude: 0.4}}", mebibytes: Int,
        besides write: (URL) throws -> Void = { _ in },
        looking look: (URL) throws -> Void = { _ in }
    ) throws -> (outcome: BuiltProgram.Outcome, pictures: Int) {
        try withTemporaryDirectory { folder in
            let source = Self.repository.appending(path: "etc/jobs/\(picture)")
            for number in 0..<count {
                try FileManager.default.copyItem(
                    at: source, to: folder.appending(path: "picture-\(number).png"))
            }
            try write(folder)
            let text = """
                version: 1
                images: picture-*.png
                given: truth
                \(measured)
                prior: \(prior)
                solver: {map: {steps: 2}}
                output: {report: false, arrays: true}

                """
            try Data(text.utf8).write(to: folder.appending(path: "job.yaml"))
            let sluice = BuiltProgram("sluice").url.path
            let models = Self.repository.appending(path: "Models").path
            let outcome = try BuiltProgram(at: URL(filePath: "/bin/sh")).run(
                [
                    "-c", "ulimit -d \(mebibytes << 10); exec \"$@\"", "sh", sluice, "run",
                    "job.yaml", "--threads", "1", "--models", models, "--output", "out",
                ], in: folder)
            try look(folder.appending(path: "out/restored"))
            let restored = folder.appending(path: "out/restored").path
            let names = (try? FileManager.default.contentsOfDirectory(atPath: restored)) ?? []
            return (outcome, names.count { $0.hasSuffix(".png") })
        }
    }

    @Test func `what does not fit at once is done in smaller batches`() throws {
        let digit = "stripes-on-digits/digit-00.png"
        let (outcome, pictures) = try restore(digit, 48, prior: "mnist", mebibytes: 110)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(pictures == 48)
    }

    @Test func `what does not fit at all is the machine's fault, and not the job's`() throws {
        let face = "faces-by-bm3d/drawn-0.png"
        // How much is needed depends on the processor, for which every convolution is compiled.
        for mebibytes in stride(from: 110, through: 90, by: -2) {
            let (outcome, pictures) = try restore(
                face, 1, prior: "faces64", mebibytes: mebibytes)
            guard outcome.status != 0 else { continue }
            #expect(outcome.status == 71, "\(outcome.errors)")
            #expect(outcome.errors.contains("not even one picture"), "\(outcome.errors)")
            #expect(outcome.errors.contains("give the worker more memory"), "\(outcome.errors)")
            #expect(pictures == 0)
            return
        }
        Issue.record("it fits into 90 MiB")
    }

    @Test func `what is deterministic has the same bits whatever memory is free`() throws {
        let face = "faces-by-bm3d/drawn-0.png"
        let found = try [180, 2000].map { mebibytes in
            var bytes = Data()
            let (outcome, _) = try restore(
                face, 2, prior: "faces64",
                measured: "noise: {sine: {amplitude: 0.4}}\ndeterministic: true",
                mebibytes: mebibytes,
                looking: {
                    bytes = try Data(contentsOf: $0.appending(path: "picture-1.npy"))
                })
            #expect(outcome.status == 0, "\(outcome.errors)")
            return bytes
        }
        #expect(found[0] == found[1])
    }

    @Test func `a model that does not fit is told by the size of its weights`() throws {
        let face = "faces-by-bm3d/drawn-0.png"
        let (outcome, pictures) = try restore(face, 1, prior: "faces64", mebibytes: 90)
        #expect(outcome.status == 71, "\(outcome.errors)")
        let words = "faces64: its weights have 6.6 MB"
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(!outcome.errors.contains("alloc"), "\(outcome.errors)")
        #expect(pictures == 0)
    }

    /// A matrix of zeros of so many rows, which takes no room on the disk.
    private func matrix(rows: Int) -> (URL) throws -> Void {
        { folder in
            let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), 784), }"
            let padding = String(repeating: " ", count: 117 - text.count)
            var file = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0])
            file += Data("\(text)\(padding)\n".utf8)
            let url = folder.appending(path: "matrix.npy")
            try file.write(to: url)
            let handle = try FileHandle(forWritingTo: url)
            try handle.truncate(atOffset: UInt64(file.count + rows * 784 * 4))
            try handle.close()
        }
    }

    @Test func `a random matrix that does not fit is drawn again and again`() throws {
        let matrix = "forward: [{random_matrix: {measurements: 30000}}]"
        let (outcome, pictures) = try restore(
            "stripes-on-digits/digit-00.png", 1, prior: "mnist",
            measured: "\(matrix)\nnoise: {gaussian: {std: 0.1}}", mebibytes: 110)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(pictures == 1)
    }

    @Test func `a matrix that does not fit is told by its size and what would fit`() throws {
        let (outcome, pictures) = try restore(
            "stripes-on-digits/digit-00.png", 1, prior: "mnist",
            measured: "forward: [{matrix: {file: matrix.npy}}]\nnoise: {gaussian: {std: 0.1}}",
            mebibytes: 110, besides: matrix(rows: 60_000))
        #expect(outcome.status == 71, "\(outcome.errors)")
        let words = "a matrix of 60000 × 784 takes 179 MB"
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.errors.contains("take at most"), "\(outcome.errors)")
        #expect(pictures == 0)
    }
}
