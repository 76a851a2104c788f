import Arrays
import Foundation
import TestSupport

/// The pictures in `Tests/Fixtures/Images`, and what other programs made of them.
enum Fixture {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/Images")

    static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: folder.appending(path: name)))
    }

    /// The files of PngSuite by name.
    static func pngSuite() throws -> [String: [UInt8]] {
        tarMembers(try bytes("pngsuite.tar"))
    }

    /// The golden arrays in `Tests/Goldens/images/<name>.safetensors`.
    static func golden(_ name: String) throws -> [String: HostArray] {
        try SafetensorsFile(reading: Golden.url("images/\(name).safetensors").path).tensors
    }

    /// The regular files in a tar archive with short names.
    static func tarMembers(_ archive: [UInt8]) -> [String: [UInt8]] {
        var members: [String: [UInt8]] = [:]
        var position = 0
        while position + 512 <= archive.count, archive[position] != 0 {
            let name = text(archive[position..<position + 100])
            let size = Int(text(archive[position + 124..<position + 136]), radix: 8) ?? 0
            let start = position + 512
            members[name] = Array(archive[start..<start + size])
            position = start + (size + 511) / 512 * 512
        }
        return members
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 && $0 != 32 }, as: UTF8.self)
    }
}
