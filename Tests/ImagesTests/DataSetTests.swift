import Foundation
import Images
import Testing

/// The folder with the data sets, which are not part of the repository.
private let data = ProcessInfo.processInfo.environment["SLUICE_DATA"].map { URL(filePath: $0) }

@Suite(.enabled(if: data != nil, "SLUICE_DATA names no folder with data sets"))
struct DataSetTests {
    @Test(arguments: [
        ("faces/celebahq-128.tar", 884), ("anime/anime-faces-64.tar", 300),
        ("set12/set12.tar", 12), ("out-of-distribution/ood-mixed.tar", 28),
    ])
    func `every picture of the data sets decodes`(_ path: String, _ count: Int) throws {
        let archive = try Data(contentsOf: #require(data).appending(path: path))
        let files = Fixture.tarMembers([UInt8](archive)).filter { !$0.value.isEmpty }
        #expect(files.count == count)
        for (name, bytes) in files {
            #expect(throws: Never.self) { try Picture(decoding: bytes, name: name) }
        }
    }
}
