import Datasets
import Foundation
import Tensors
import TestSupport
import Testing
import Training

@Suite struct PictureSetTests {
    /// A file of items of `shape` whose bytes count up from `first`.
    private func file(
        _ shape: [Int], count: Int = 2, first: Int = 0, in folder: URL
    ) throws -> IDXFile {
        let path = folder.appending(path: "\(UUID().uuidString).idx").path
        let writer = try IDXWriter(path: path, itemShape: shape)
        let size = shape.reduce(1, *)
        for item in 0..<count {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: first + item * size + $0) }
            try writer.append(writer.layout.block(bytes))
        }
        try writer.publish()
        return try IDXFile(reading: path)
    }

    @Test func `colours become channels`() throws {
        try withTemporaryDirectory { folder in
            let set = try PictureSet([file([2, 2, 3], in: folder)])
            #expect(set.imageShape == [3, 2, 2])
            let pictures = try set.pictures([1])
            #expect(pictures.shape == [1, 3, 2, 2])
            #expect(
                try pictures.floats() == [12, 15, 18, 21, 13, 16, 19, 22, 14, 17, 20, 23])
        }
    }

    @Test func `several files are one set`() throws {
        try withTemporaryDirectory { folder in
            let set = try PictureSet([
                file([1, 2], count: 2, in: folder), file([1, 2], count: 3, first: 100, in: folder),
            ])
            #expect(set.count == 5)
            #expect(try set.pictures([4, 0, 2]).floats() == [104, 105, 0, 1, 100, 101])
        }
    }

    @Test func `a limit keeps the first pictures`() throws {
        try withTemporaryDirectory { folder in
            let data = try file([1, 2], count: 5, in: folder)
            #expect(try PictureSet([data], limit: 3).count == 3)
            #expect(try PictureSet([data], limit: 30).count == 5)
        }
    }

    @Test func `data that are no pictures of one shape are refused`() throws {
        try withTemporaryDirectory { folder in
            let gray = try file([2, 2], in: folder)
            func reason(_ files: [IDXFile]) -> TrainingError.Reason? {
                #expect(throws: TrainingError.self) { try PictureSet(files) }?.reason
            }
            #expect(reason([]) == .noData)
            #expect(
                reason([gray, try file([2, 3], in: folder)]) == .unequalData([[2, 2], [2, 3]]))
            #expect(reason([try file([7], in: folder)]) == .noPictures([7]))
            #expect(reason([try file([2, 2], count: 0, in: folder)]) == .noData)
        }
    }

    @Test func `training and validation pictures must be alike`() throws {
        try withTemporaryDirectory { folder in
            let training = try SyntheticTraining(in: folder)
            let other = try PictureSet([file([4, 4], in: folder)])
            let error = #expect(throws: TrainingError.self) {
                try TrainingRun(
                    training.recipe, data: training.data, validation: other,
                    folder: training.path("a"), isResuming: false)
            }
            #expect(error?.reason == .shapeMismatch(train: [1, 8, 8], validation: [1, 4, 4]))
        }
    }
}
