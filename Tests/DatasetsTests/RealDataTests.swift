import Arrays
import Datasets
import Foundation
import Testing

/// Data sets that are too large, or not ours, to be kept here; `SLUICE_DATA` says where they are.
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["SLUICE_DATA"] != nil,
        "SLUICE_DATA names no folder with data"))
struct RealDataTests {
    private let data = ProcessInfo.processInfo.environment["SLUICE_DATA"] ?? ""

    @Test func `the official files of MNIST are read`() throws {
        let pictures = try IDXFile(reading: "\(data)/mnist/t10k-images-idx3-ubyte.gz")
        #expect(pictures.shape == [10_000, 28, 28])
        let labels = try IDXFile(reading: "\(data)/mnist/t10k-labels-idx1-ubyte.gz")
        #expect(labels.items(0..<10).bytes == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    }

    @Test func `an archive of photographs is listed`() throws {
        let source = try SourceKind.source(at: "\(data)/faces/celebahq-128.tar")
        let names = try source.names()
        #expect(names.count == 884)
        #expect(names.first == "0000004.jpg")
    }
}
