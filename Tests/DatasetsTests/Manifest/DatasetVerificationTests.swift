import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DatasetVerificationTests {
    /// A data set of two parts in a temporary folder.
    private func withDataset(_ body: (URL) throws -> Void) throws {
        try withTemporaryDirectory { folder in
            let preparation = DatasetPreparation(
                sources: [try PictureFixtures.folder(of: 40, in: folder)],
                output: try DatasetFiles(output: folder.appending(path: "my-set.idx.gz").path),
                split: try Split(parsing: "train=0.5,test=0.5"), software: "test")
            _ = try preparation.run { _ in }
            try body(folder)
        }
    }

    private func problems(_ name: String, _ folder: URL, sources: Bool = false) throws -> [String?]
    {
        try DatasetVerification(of: folder.appending(path: name).path)
            .findings(includingSources: sources).map(\.problem)
    }

    @Test func `a fresh data set is as its manifest says`() throws {
        try withDataset { folder in
            let all = try problems("my-set.json", folder, sources: true)
            #expect(all == [nil, nil, nil])
            let one = try problems("my-set-test.idx.gz", folder)
            #expect(one == [nil])
        }
    }

    @Test func `a changed, a cut and a missing file are noticed`() throws {
        try withDataset { folder in
            let path = folder.appending(path: "my-set-train.idx.gz")
            let original = try Data(contentsOf: path)
            var changed = original
            changed[changed.count / 2] ^= 1
            for bad in [changed, original.dropLast(), original + [0]] {
                try bad.write(to: path)
                let found = try problems("my-set.json", folder)
                #expect(found[0] != nil)
                #expect(found[1] == nil)
            }
            try FileManager.default.removeItem(at: path)
            let found = try problems("my-set.json", folder)
            #expect(found[0] != nil)
        }
    }

    @Test func `a changed source is noticed`() throws {
        try withDataset { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "pictures/0007.png"))
            let found = try problems("my-set.json", folder, sources: true)
            #expect(found[2] != nil)
        }
    }

    @Test func `a file without a manifest is an error`() throws {
        try withDataset { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "my-set.json"))
            #expect(throws: DatasetError.self) { try problems("my-set-train.idx.gz", folder) }
        }
    }

    @Test(arguments: ["", "[]", "{}", #"{"version": 2}"#])
    func `what is no manifest is refused`(_ text: String) throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a.json")
            try Data(text.utf8).write(to: path)
            #expect(throws: DatasetError.self) { try DatasetManifest(reading: path.path) }
        }
    }

    @Test func `a manifest that points elsewhere is refused`() throws {
        try withDataset { folder in
            let path = folder.appending(path: "my-set.json")
            let text = try String(contentsOf: path, encoding: .utf8)
            let hostile = text.replacingOccurrences(
                of: "my-set-test.idx.gz", with: "../../etc/passwd")
            try Data(hostile.utf8).write(to: path)
            #expect(throws: DatasetError.self) { try DatasetManifest(reading: path.path) }
        }
    }
}
