import Arrays
import Foundation
import Images
import Models
import Tensors
import TestSupport
import Testing
import Worker

/// What encode and decode refuse, and how they say it.
@Suite(.timeLimit(.minutes(20))) struct PictureCodingErrorTests {
    private func withModel(_ body: (ModelFolder, String) throws -> Void) throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(to: folder.path + "/tiny")
            try body(ModelFolder(reading: folder.path + "/tiny"), folder.path + "/")
        }
    }

    /// Why the array of `shape`, filled with `value`, is refused.
    private func refusal<Value: ArrayElement>(
        _ value: Value, _ shape: [Int], _ scale: PixelScale = .unit
    ) throws -> ModelCommandError.Reason? {
        var reason: ModelCommandError.Reason?
        try withModel { model, folder in
            let values = [Value](repeating: value, count: shape.reduce(1, *))
            try NPYFile(HostArray(values, shape: shape)).write(to: folder + "x.npy")
            let encoding = try PictureEncoding(model, on: .cpu, scale: scale)
            let error = #expect(throws: ModelCommandError.self) {
                try encoding.encoded([folder + "x.npy"])
            }
            #expect(error?.context.contains("x.npy") == true)
            #expect("\(error as Any)".contains("; "))
            reason = error?.reason
        }
        return reason
    }

    @Test func `pictures of another shape are refused`() throws {
        #expect(
            try refusal(0.5 as Float, [1, 3, 8, 8])
                == .otherShape([3, 8, 8], expected: [1, 8, 8]))
        #expect(
            try refusal(0.5 as Float, [2, 1, 8, 4])
                == .otherShape([1, 8, 4], expected: [1, 8, 8]))
    }

    @Test(arguments: [[8, 8], [1, 8, 8], [0, 1, 8, 8], [1, 1, 1, 8, 8]])
    func `arrays that are no stack of pictures are refused`(_ shape: [Int]) throws {
        guard case .noPictures = try refusal(0.5 as Float, shape) else {
            Issue.record("\(shape)")
            return
        }
    }

    @Test func `whole numbers are refused`() throws {
        guard case .noPictures(let why) = try refusal(1 as UInt8, [1, 1, 8, 8]) else {
            Issue.record("taken")
            return
        }
        #expect(why.contains("uint8"))
    }

    @Test func `values that no picture has are refused, unless they are in the own scale`() throws {
        #expect(try refusal(Float.nan, [1, 1, 8, 8]) == .notFinite(64))
        guard case .outside(255, let lower, let upper) = try refusal(255 as Float, [1, 1, 8, 8])
        else {
            Issue.record("taken")
            return
        }
        #expect(abs(lower + 0.05 / 0.9) < 1e-9 && abs(upper - 1 - 0.05 / 0.9) < 1e-9)
        #expect(try refusal(Float.infinity, [1, 1, 8, 8], .own) == .notFinite(64))
    }

    @Test func `picture files are not in a model's own scale`() throws {
        try withModel { model, folder in
            let png = try Picture(
                pixels: HostArray([UInt8](repeating: 9, count: 64), shape: [8, 8, 1])
            ).png()
            try OutputFile.write(png, to: folder + "a.png")
            let encoding = try PictureEncoding(model, on: .cpu, scale: .own)
            #expect(throws: ModelCommandError.self) { try encoding.encoded([folder + "a.png"]) }
        }
    }

    @Test func `everything that is wrong with latents is said at once`() throws {
        try withModel { model, folder in
            let values = [Float](repeating: .nan, count: 128)
            let arrays = [
                "z0": HostArray(values, shape: [4, 2, 4, 4]), "x": HostArray(values, shape: [128]),
                "log_det": HostArray(values, shape: [128]),
            ]
            try NPZFile(arrays).write(to: folder + "z.npz")
            let decoding = try PictureDecoding(model, on: .cpu, scale: .unit)
            let error = #expect(throws: ModelCommandError.self) {
                try decoding.decoded(folder + "z.npz")
            }
            #expect(
                error?.reason
                    == .noLatents([
                        "z0 has 128 values that are infinite or NaN",
                        "z1 is missing, of shape [batch, 2, 4, 4]",
                        "x is no member that decode knows; remove it",
                    ]))
        }
    }

    @Test(arguments: [
        ([2, 2, 4], "z0 has the shape [2, 2, 4], not [batch, 2, 4, 4]"),
        ([0, 2, 4, 4], "z0 has the shape [0, 2, 4, 4], not [batch, 2, 4, 4]"),
        ([3, 2, 4, 4], "z1 has a batch of 2, the first level one of 3"),
    ])
    func `latents of another shape are refused`(_ shape: [Int], _ problem: String) throws {
        try withModel { model, folder in
            let z0 = HostArray([Float](repeating: 0, count: shape.reduce(1, *)), shape: shape)
            let z1 = HostArray([Float](repeating: 0, count: 64), shape: [2, 2, 4, 4])
            try NPZFile(["z0": z0, "z1": z1]).write(to: folder + "z.npz")
            let error = #expect(throws: ModelCommandError.self) {
                try PictureDecoding(model, on: .cpu, scale: .unit).decoded(folder + "z.npz")
            }
            guard case .noLatents(let problems) = error?.reason else {
                Issue.record("\(error as Any)")
                return
            }
            #expect(problems.contains(problem))
        }
    }

    @Test func `a file that exists is not replaced, and none that is read`() throws {
        try withModel { _, folder in
            let place = folder + "out.npz"
            _ = try OutputPlace(place, isReplacing: false)
            try OutputFile.write([1], to: place)
            let error = #expect(throws: ModelCommandError.self) {
                try OutputPlace(place, isReplacing: false)
            }
            #expect(error?.reason == .exists)
            #expect(try OutputPlace(place, isReplacing: true).path == place)
            let same = #expect(throws: ModelCommandError.self) {
                try OutputPlace(place, isReplacing: true, inputs: [folder + "./out.npz"])
            }
            #expect(same?.reason == .isInput)
        }
    }
}
