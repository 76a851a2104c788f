import Arrays
import Foundation
import TestSupport
import Testing

/// Damaged checkpoints: a typed error or arrays, never a crash.
@Suite(.timeLimit(.minutes(20))) struct CheckpointDamageTests {
    typealias Reading = (String) throws -> [String: HostArray]

    static let files = ["nested_checkpoint.pt", "nested_checkpoint_legacy.pt"]

    /// Where `read` does not refuse the file called `name` that is cut there.
    private static func acceptedTruncations(of name: String, by read: Reading) throws -> [Int] {
        let original = try Data(contentsOf: Golden.url("checkpoints/\(name)"))
        let lengths = (0..<200).map { $0 * original.count / 200 } + [original.count - 1]
        return try withTemporaryDirectory { folder in
            let url = folder.appending(path: "cut.pt")
            return try lengths.filter { length in
                try original.prefix(length).write(to: url)
                let result = Result { try read(url.path) }
                if case .failure(let error) = result { return !(error is ArrayError) }
                return true
            }
        }
    }

    /// Where a flipped byte of the file called `name` makes `read` say something wrong: an error
    /// of another type or, if the file has checksums, other arrays.
    private static func missedFlips(
        in name: String, hasChecksums: Bool, by read: Reading
    ) throws -> [Int] {
        let original = try Data(contentsOf: Golden.url("checkpoints/\(name)"))
        let expected = try read(Golden.url("checkpoints/\(name)").path)
        var generator = SeededGenerator(seed: 4)
        let positions = (0..<1000).map { _ in
            Int.random(in: 0..<original.count, using: &generator)
        }
        return try withTemporaryDirectory { folder in
            let url = folder.appending(path: "flipped.pt")
            return try positions.filter { position in
                var bytes = original
                bytes[position] ^= UInt8.random(in: 1...255, using: &generator)
                try bytes.write(to: url)
                switch Result(catching: { try read(url.path) }) {
                case .success(let found): return hasChecksums && found != expected
                case .failure(let error): return !(error is ArrayError)
                }
            }
        }
    }

    private static func read(_ path: String) throws -> [String: HostArray] {
        try CheckpointFile(reading: path).tensors
    }

    @Test(arguments: files)
    func `a checkpoint that ends early is an error`(_ name: String) throws {
        #expect(try Self.acceptedTruncations(of: name, by: Self.read).isEmpty)
    }

    @Test func `flipped bytes of an archive are noticed, or make no difference`() async {
        await #expect(processExitsWith: .success) {
            try MemoryLimit.allow(byteCount: 256 << 20)
            let missed = try Self.missedFlips(
                in: Self.files[0], hasChecksums: true, by: Self.read)
            #expect(missed.isEmpty)
        }
    }

    @Test func `flipped bytes of a stream do no harm`() async {
        await #expect(processExitsWith: .success) {
            try MemoryLimit.allow(byteCount: 256 << 20)
            let missed = try Self.missedFlips(
                in: Self.files[1], hasChecksums: false, by: Self.read)
            #expect(missed.isEmpty)
        }
    }

    @Test func `the laws notice readers that take everything or throw other errors`() throws {
        let whole = Golden.url("checkpoints/\(Self.files[0])").path
        let lazy: Reading = { $0 == whole ? try Self.read($0) : [:] }
        let foreign: Reading = { path in
            guard path.hasSuffix("flipped.pt") else { return [:] }
            throw CocoaError(.fileReadCorruptFile)
        }
        #expect(try Self.acceptedTruncations(of: Self.files[0], by: lazy).count == 201)
        #expect(try !Self.missedFlips(in: Self.files[0], hasChecksums: true, by: lazy).isEmpty)
        #expect(
            try Self.missedFlips(in: Self.files[1], hasChecksums: false, by: foreign).count == 1000)
    }
}
