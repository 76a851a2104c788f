import Arrays
import Foundation
import TestSupport
import Testing

/// Checkpoints that `torch.save` wrote or that were put together byte by byte.
enum CheckpointGolden {
    struct Verdict: Decodable {
        let expect: String
        let why: String
    }

    /// Of every file; none when they cannot be read, which a test notices.
    static let verdicts: [String: Verdict] =
        (try? Golden.decoded("checkpoints/verdicts.json")) ?? [:]

    static let names = verdicts.keys.sorted()

    /// What nothing may create: the pickles that run code run `touch` with this name.
    static let trace = "PICKLE_CODE_WAS_EXECUTED"

    static func path(_ name: String) -> String { Golden.url("checkpoints/\(name)").path }

    static func file(_ name: String) throws -> CheckpointFile {
        try CheckpointFile(reading: path(name))
    }

    static func arrays(_ name: String) throws -> [String: HostArray] {
        try NPZFile(reading: path(name)).arrays
    }
}
