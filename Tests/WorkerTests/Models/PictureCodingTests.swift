import Arrays
import Foundation
import Images
import Models
import Tensors
import TestSupport
import Testing
import Worker

/// From pictures to latents and back.
@Suite(.timeLimit(.minutes(20))) struct PictureCodingTests {
    /// Writes a model and `x.npy`, three random pictures, and runs `body` in their folder.
    private func withModel(
        _ architecture: Architecture = TinyModel.realNVP,
        _ body: (ModelFolder, String) throws -> Void
    ) throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(architecture, to: folder.path + "/tiny")
            var generator = Generator(seed: 9)
            try NPYFile(generator.uniform([3] + TinyModel.shape).hostArray())
                .write(to: folder.path + "/x.npy")
            try body(ModelFolder(reading: folder.path + "/tiny"), folder.path + "/")
        }
    }

    private func encoded(
        _ model: ModelFolder, _ paths: [String], _ scale: PixelScale = .unit
    ) throws -> EncodedPictures {
        try PictureEncoding(model, on: .cpu, scale: scale).encoded(paths)
    }

    private func largestDifference(_ a: HostArray, _ b: HostArray) throws -> Float {
        #expect(a.shape == b.shape)
        return zip(try a.numbers(as: Float.self), try b.numbers(as: Float.self))
            .map { abs($0 - $1) }.max() ?? .nan
    }

    @Test(arguments: [TinyModel.glow, TinyModel.realNVP], [PixelScale.unit, .own])
    func `pictures come back from their latents`(
        _ architecture: Architecture, _ scale: PixelScale
    ) throws {
        try withModel(architecture) { model, folder in
            let encoded = try encoded(model, [folder + "x.npy"], scale)
            try encoded.write(to: folder + "z.npz")
            let arrays = try NPZFile(reading: folder + "z.npz").arrays
            #expect(arrays.keys.sorted() == ["log_det", "log_likelihood", "z0", "z1"])
            #expect(arrays["z0"]?.shape == [3, 2, 4, 4])
            #expect(arrays["log_det"]?.shape == [3])
            let decoded = try PictureDecoding(model, on: .cpu, scale: scale)
                .decoded(folder + "z.npz")
            let x = try NPYFile(reading: folder + "x.npy").array
            #expect(decoded.elementType == .float32)
            #expect(try largestDifference(decoded, x) < 1e-4)
        }
    }

    @Test(arguments: [TinyModel.glow, TinyModel.realNVP])
    func `the numbers are those of the flow`(_ architecture: Architecture) throws {
        try withModel(architecture) { model, folder in
            let encoded = try encoded(model, [folder + "x.npy"])
            let x = try Tensor(NPYFile(reading: folder + "x.npy").array)
            let flow = try model.flow()
            let mapped = try withoutGradient { try flow.encode(x) }
            let pairs = try zip(
                encoded.logLikelihood + encoded.logDeterminant,
                withoutGradient { try flow.logLikelihood(x).doubles() }
                    + mapped.logDeterminant.doubles())
            for (found, expected) in pairs { #expect(abs(found - expected) < 1e-3) }
            let levels = try flow.split(mapped.value).map { try $0.hostArray() }
            for (found, expected) in zip(encoded.latents, levels) {
                #expect(try largestDifference(found, expected) < 1e-5)
            }
        }
    }

    @Test func `in its own scale a model leaves out the logit and its volume`() throws {
        try withModel { model, folder in
            let unit = try encoded(model, [folder + "x.npy"])
            try unit.write(to: folder + "z.npz")
            let own = try PictureDecoding(model, on: .cpu, scale: .own).decoded(folder + "z.npz")
            try NPYFile(own).write(to: folder + "own.npy")
            let again = try encoded(model, [folder + "own.npy"], .own)
            let x = try NPYFile(reading: folder + "x.npy").array.numbers(as: Double.self)
            let p = x.map { 0.05 + 0.9 * $0 }
            for (logit, p) in zip(try own.numbers(as: Double.self), p) {
                #expect(abs(logit - log(p / (1 - p))) < 1e-3)
            }
            for picture in 0..<3 {
                let volume = p[picture * 64..<(picture + 1) * 64]
                    .reduce(0) { $0 + log(0.9) - log($1) - log(1 - $1) }
                let difference = unit.logDeterminant[picture] - again.logDeterminant[picture]
                #expect(abs(difference - volume) < 1e-2)
            }
        }
    }

    @Test func `files of pictures and arrays are taken together, many at a time`() throws {
        try withModel { model, folder in
            let samples = (0..<64).map { UInt8(4 * $0) }
            let png = try Picture(pixels: HostArray(samples, shape: [8, 8, 1])).png()
            try OutputFile.write(png, to: folder + "a.png")
            var generator = Generator(seed: 3)
            try NPYFile(generator.uniform([20, 1, 8, 8], .float64).hostArray())
                .write(to: folder + "many.npy")
            var steps: [Int] = []
            let encoded = try PictureEncoding(model, on: .cpu, scale: .unit)
                .encoded([folder + "a.png", folder + "many.npy"]) { done, _ in steps.append(done) }
            #expect(steps == [16, 21])
            #expect(encoded.names.first == folder + "a.png")
            #expect(encoded.names.last == folder + "many.npy[19]")
            #expect(encoded.latents.map(\.shape) == [[21, 2, 4, 4], [21, 2, 4, 4]])
            let alone = try self.encoded(model, [folder + "a.png"])
            #expect(abs(alone.logLikelihood[0] - encoded.logLikelihood[0]) < 1e-3)
            #expect(encoded.json.array?.count == 21)
        }
    }
}
