import Arrays
import Foundation
import Images
import Models
import Tensors
import TestSupport
import Testing
import Worker

@Suite(.timeLimit(.minutes(20))) struct PictureSheetTests {
    private func sheet(
        _ count: Int, temperature: Double = 0.7, seed: UInt64 = 0, of folder: URL
    ) throws -> PictureSheet {
        try PictureSheet(
            of: ModelFolder(reading: folder.path + "/tiny"), count: count,
            temperature: temperature, seed: seed, on: .cpu)
    }

    @Test func `a sheet has a cell for every picture, and depends on nothing but the seed`() throws
    {
        try withTemporaryDirectory { folder in
            try TinyModel.write(to: folder.path + "/tiny")
            let one = try sheet(10, of: folder)
            let picture = try Picture(decoding: #require(one.png), name: "sheet")
            // Eight columns of pictures three times as large, with gutters of two pixels.
            #expect(picture.width == 8 * 26 + 2)
            #expect(picture.height == 2 * 26 + 2)
            #expect(one.skipped == 0)
            #expect(try sheet(10, of: folder).png == one.png)
            #expect(try sheet(10, seed: 1, of: folder).png != one.png)
            #expect(try sheet(10, temperature: 0, of: folder).png != one.png)
        }
    }

    @Test func `pictures that are not finite are left out`() throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(TinyModel.glow, to: folder.path + "/tiny") { weights in
                for (name, array) in weights where name.hasSuffix("actnorm.log_scale") {
                    weights[name] = HostArray(
                        [Float](repeating: -80, count: array.count), shape: array.shape)
                }
            }
            let sheet = try sheet(3, of: folder)
            #expect(sheet.png == nil)
            #expect(sheet.skipped == 3)
        }
    }
}
