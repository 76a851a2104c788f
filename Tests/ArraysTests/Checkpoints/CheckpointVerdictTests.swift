import Arrays
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct CheckpointVerdictTests {
    @Test func `the list of reference files is there`() {
        #expect(CheckpointGolden.names.count > 100)
    }

    /// Sees to it that `read` takes or refuses the file called `name` as it should.
    private func expectVerdict(
        on name: String, by read: (String) throws -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let verdict = try #require(CheckpointGolden.verdicts[name])
        let why = Comment(rawValue: "\(name): \(verdict.why)")
        let outcome = Result { try read(name) }
        switch verdict.expect {
        case "accept":
            #expect(throws: Never.self, why, sourceLocation: sourceLocation) { try outcome.get() }
        case "refuse":
            #expect(throws: ArrayError.self, why, sourceLocation: sourceLocation) {
                try outcome.get()
            }
        default:
            if case .failure(let error) = outcome {
                #expect(error is ArrayError, why, sourceLocation: sourceLocation)
            }
        }
    }

    @Test(arguments: CheckpointGolden.names)
    func `a reference file gets the verdict it should`(_ name: String) throws {
        try expectVerdict(on: name) { _ = try CheckpointGolden.file($0) }
    }

    @Test func `the law notices readers that take and that refuse everything`() throws {
        for name in ["malformed/zip_crc_wrong.pt", "handmade_plain.pt"] {
            let isGood = name == "handmade_plain.pt"
            withKnownIssue {
                try expectVerdict(on: name) { _ in
                    if isGood { throw ArrayError(.malformed("no"), in: "twin") }
                }
            }
        }
    }

    @Test(arguments: CheckpointGolden.names)
    func `an error names the file and says what to do`(_ name: String) {
        let result = Result { try CheckpointGolden.file(name) }
        guard case .failure(let error) = result else { return }
        let text = String(describing: error)
        #expect(text.hasPrefix(CheckpointGolden.path(name)))
        let remedies = ["again", "save ", "run: ", "gunzip", "so not a checkpoint", "neither its"]
        #expect(remedies.contains { text.contains($0) }, "\(text)")
    }

    @Test(arguments: [
        ("evil_as_storage_class", "os.system"), ("evil_build_setstate", "os.system"),
        ("evil_builtin_eval", "__builtin__.eval"), ("evil_newobj_popen", "subprocess.Popen"),
        ("evil_hidden_after_good_dict", "os.system"), ("evil_obj_opcode", "os.system"),
        ("evil_os_system", "os.system"), ("evil_popped_result", "os.system"),
        ("evil_posix_system", "posix.system"), ("evil_stack_global_p4", "os.system"),
        ("evil_torch_load_nested", "torch.serialization.load"),
        ("evil_torch_namespace", "torch.hub.load"), ("legacy_evil_os_system", "os.system"),
        // These two stop at opcodes before any name: the old ones of text and of extensions.
        ("evil_inst_opcode", "opcode 0x53"), ("evil_ext_opcode", "opcode 0x82"),
    ])
    func `what a pickle would call is named, and not called`(
        _ name: String, _ culprit: String
    ) throws {
        let error = #expect(throws: ArrayError.self) {
            try CheckpointGolden.file("malformed/\(name).pt")
        }
        #expect(error?.description.contains(culprit) == true)
        #expect(!FileManager.default.fileExists(atPath: CheckpointGolden.trace))
        #expect(
            !FileManager.default.fileExists(atPath: CheckpointGolden.path(CheckpointGolden.trace)))
    }

    @Test func `every file with code is in the list above`() {
        let evil = CheckpointGolden.names.filter { $0.contains("evil_") }
        #expect(evil.count == 15)
    }

    @Test func `no reference file crashes the reader or takes much memory`() async {
        await #expect(processExitsWith: .success) {
            try MemoryLimit.allow(byteCount: 256 << 20)
            for name in CheckpointGolden.names { _ = try? CheckpointGolden.file(name) }
        }
    }

    @Test func `the limit on memory is one`() async {
        await #expect(processExitsWith: .failure) {
            try MemoryLimit.allow(byteCount: 256 << 20)
            let block = [UInt8](repeating: 1, count: 512 << 20)
            #expect(block[Int.random(in: 0..<block.count)] == 1)
        }
    }
}
