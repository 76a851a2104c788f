import Arrays
import Foundation
import Images
import Jobs
import Pipeline
import Reports
import TestSupport
import Testing

/// Pictures larger than the model, from the job file to the result.
@Suite(.timeLimit(.minutes(20))) struct WindowJobTests {
    /// A world with gray pictures `large.png` of 13 × 10 pixels and others that do not fit.
    private func world(_ root: URL) throws -> SmallWorld {
        let world = try SmallWorld(root)
        func write(_ name: String, width: Int, height: Int, channels: Int = 1) throws {
            let levels = (0..<width * height * channels).map { UInt8(60 + 8 * ($0 / width % 16)) }
            let pixels = HostArray(levels, shape: [height, width, channels])
            try world.write(Picture(pixels: pixels).png(), "job/\(name).png")
        }
        try write("large", width: 13, height: 10)
        try write("even", width: 14, height: 10)
        try write("narrow", width: 7, height: 20)
        try write("colour", width: 13, height: 10, channels: 3)
        let numbers = HostArray([Float](repeating: 0.5, count: 20), shape: [20])
        try world.write(NPYFile(numbers).serialized(), "job/numbers.npy")
        return world
    }

    private func job(
        _ picture: String, _ windows: String = "auto", forward: String = "identity",
        given: String = "truth", noise: String = "{gaussian: {std: 0.1}}"
    ) -> String {
        """
        version: 1
        images: \(picture)
        given: \(given)
        forward: \(forward)
        noise: \(noise)
        prior: tiny
        solver: {map: {steps: 4, windows: \(windows)}}
        output: {arrays: true}

        """
    }

    private func restoredShape(_ world: SmallWorld, _ name: String) throws -> [Int] {
        try NPYFile(parsing: world.bytes("out/restored/\(name).npy"), context: name).array.shape
    }

    @Test(arguments: [
        "identity", "{mask: {keep: 0.5, seed: 3}}", "{mask: {center: 5}}",
        "{blur: {gaussian: 1, size: 5}}", "{quantize: {bits: 2}}",
        "{random_matrix: {measurements: 40}}", "{fourier: {mask: {keep: 0.6}}}",
    ])
    func `operators act on the whole picture`(_ forward: String) throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            _ = try world.run(job("large.png", forward: forward))
            let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
            #expect(try restoredShape(world, "large") == [1, 10, 13])
            let image = try #require(result["images"]?.array?.first)
            #expect(image["psnr"]?.number ?? 0 > 3)
            let windows = try #require(result["settings"]?["plan"]?["windows"])
            #expect(windows["size"]?.array?.compactMap(\.number) == [8, 8])
            #expect(windows["overlap"]?.number == 4 && windows["batch"]?.number == 16)
        }
    }

    @Test func `bits per dimension count every pixel once`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            _ = try world.run(job("large.png", "{overlap: 3, batch: 2}"))
            let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
            let image = try #require(result["images"]?.array?.first)
            let likelihood = try #require(image["log_likelihood"]?.number)
            let bits = try #require(image["bits_per_dim"]?.number)
            #expect(abs(bits - (8 - likelihood / (130 * log(2)))) < 1e-6)
        }
    }

    @Test func `a smaller measurement tells how large its picture was`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            _ = try world.run(
                job("even.png", forward: "{downsample: {factor: 2}}", given: "measurement"))
            #expect(try restoredShape(world, "even") == [1, 20, 28])
        }
    }

    @Test func `complex numbers tell how large their picture was`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            let forward = "{fourier: {mask: {keep: 0.6}}}"
            _ = try world.run(job("large.png", forward: forward))
            try world.write(world.bytes("out/measurement/large.npy"), "job/given.npy")
            _ = try world.run(job("given.npy", forward: forward, given: "measurement"))
            #expect(try restoredShape(world, "given") == [1, 10, 13])
        }
    }

    @Test func `pictures of the model's size are seen as a whole`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            _ = try world.run(job("[a.png, b.png]"))
            let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
            #expect(result["settings"]?["plan"]?["windows"] == .null)
        }
    }

    @Test(arguments: [("bm3d", "map"), ("map", "bm3d"), ("lasso", "map")])
    func `methods with and without windows are compared in any order`(
        _ first: String, _ second: String
    ) throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            let methods = [first, second].map {
                $0 == "map" ? "{map: {steps: 4, windows: auto}}" : $0
            }
            let text = job("large.png").replacing(
                "{map: {steps: 4, windows: auto}}", with: "[\(methods[0]), \(methods[1])]")
            let outcome = try world.run(text)
            #expect(outcome.report.comparison.allSatisfy { $0.failure == nil })
            #expect(try restoredShape(world, "large") == [1, 10, 13])
        }
    }

    @Test(arguments: [("lasso", "map"), ("map", "lasso")])
    func `so are those of measurements that tell the size of the picture`(
        _ first: String, _ second: String
    ) throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            let half = HostArray([Float](repeating: 0.4, count: 35), shape: [1, 5, 7])
            try world.write(NPYFile(half).serialized(), "job/half.npy")
            let windows = "{map: {steps: 4, windows: auto}}"
            let methods = [first, second].map { $0 == "map" ? windows : $0 }
            let text = job("half.npy", forward: "{downsample: {factor: 2}}", given: "measurement")
            let outcome = try world.run(
                text.replacing(windows, with: "[\(methods[0]), \(methods[1])]"))
            #expect(outcome.report.comparison.allSatisfy { $0.failure == nil })
            #expect(try restoredShape(world, "half") == [1, 10, 14])
        }
    }

    @Test func `an overlap that does not fit is refused where it stands, whatever the pictures`()
        throws
    {
        try withTemporaryDirectory { root in
            var world = try world(root)
            for picture in ["large.png", "a.png"] {
                let fault = #expect(throws: JobFault.self) {
                    try world.run(job(picture, "{overlap: 8}"))
                }
                #expect(fault?.path.text == "solver.map.windows.overlap")
                #expect(fault?.problem == "windows.overlap is 8")
            }
        }
    }

    @Test(arguments: [
        ("large.png", "none", "identity", "truth", "windows: auto"),
        ("large.png", "none", "identity", "measurement", "windows: auto"),
        ("narrow.png", "auto", "identity", "truth", "smaller than the windows"),
        ("colour.png", "auto", "identity", "truth", "color: gray"),
        ("large.png", "{overlap: 8}", "identity", "truth", "windows.overlap is 8"),
        ("[large.png, even.png]", "auto", "identity", "truth", "submit a job for each"),
        (
            "numbers.npy", "auto", "{random_matrix: {measurements: 20}}", "measurement",
            "does not tell how large"
        ),
    ])
    func `what does not fit is refused with a remedy`(
        _ picture: String, _ windows: String, _ forward: String, _ given: String, _ words: String
    ) throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            let text = job(picture, windows, forward: forward, given: given)
            do {
                _ = try world.run(text)
                Issue.record("it was taken")
            } catch {
                let failure = JobFailure(explaining: error)
                #expect("\(error)".contains(words), "\(error)")
                #expect(["job.invalid", "picture.shape"].contains(failure.code), "\(failure.code)")
            }
        }
    }

    @Test func `noise that a model knows in one size is refused for another`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            let error = #expect(throws: (any Error).self) {
                try world.run(job("large.png", noise: "{flow: {model: tiny}}"))
            }
            let words = "the model makes noise of the shape [1, 8, 8]"
            #expect("\(try #require(error))".contains(words))
        }
    }
}
