import Arrays
import Datasets
import Foundation
import Images
import TestSupport
import Testing

@Suite struct DatasetStatisticsTests {
    private func file(_ samples: [UInt8], _ itemShape: [Int], _ folder: URL) throws -> IDXFile {
        let path = folder.appending(path: "a.idx").path
        let writer = try IDXWriter(path: path, itemShape: itemShape)
        try writer.append(writer.layout.block(samples))
        try writer.publish()
        return try IDXFile(reading: path)
    }

    private func bits(_ samples: [UInt8], _ itemShape: [Int], _ folder: URL) throws -> Int {
        DatasetStatistics(of: try file(samples, itemShape, folder)).bits
    }

    @Test func `statistics are those of every channel`() throws {
        try withTemporaryDirectory { folder in
            let file = try file(
                [0, 255, 8, 255, 0, 24, 0, 255, 16, 255, 0, 16], [1, 2, 3], folder)
            let statistics = DatasetStatistics(of: file)
            #expect(statistics.shape == [2, 1, 2, 3])
            #expect(statistics.channels.map(\.minimum) == [0, 0, 8])
            #expect(statistics.channels.map(\.maximum) == [255, 255, 24])
            #expect(statistics.channels[0].mean == 0.5)
            #expect(statistics.channels[0].standardDeviation == 0.5)
            #expect(abs(statistics.channels[2].mean - 16.0 / 255) < 1e-15)
            #expect(abs(statistics.channels[2].standardDeviation - 32.squareRoot() / 255) < 1e-15)
            #expect(statistics.bits == 8)
        }
    }

    @Test func `low bits that are never set are noticed`() throws {
        try withTemporaryDirectory { folder in
            let five = try bits([0, 8, 248, 16], [2], folder)
            let one = try bits([0, 128], [1], folder)
            let none = try bits([0, 0], [1], folder)
            #expect(five == 5 && one == 1 && none == 0)
        }
    }

    @Test func `a preview shows pictures, chosen by its seed`() throws {
        try withTemporaryDirectory { folder in
            let file = try file((0..<250).map { UInt8($0) }, [1, 1], folder)
            let sheet = try DatasetPreview(count: 9, seed: 0).sheet(of: file)
            // Three by three cells of 96 pixels with gutters of two.
            #expect(sheet.width == 3 * 98 + 2)
            #expect(sheet.color == .gray)
            #expect(try DatasetPreview(count: 9, seed: 0).sheet(of: file) == sheet)
            #expect(try DatasetPreview(count: 9, seed: 1).sheet(of: file) != sheet)
        }
    }

    @Test func `labels have no preview`() throws {
        try withTemporaryDirectory { folder in
            let file = try file([1, 2, 3], [], folder)
            #expect(throws: DatasetError.self) { try DatasetPreview(count: 4).sheet(of: file) }
        }
    }
}
