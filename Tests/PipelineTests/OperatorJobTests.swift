import Arrays
import Foundation
import Images
import Jobs
import Pipeline
import Reports
import TestSupport
import Testing

/// Every way of measuring, from the job file to the result.
@Suite(.timeLimit(.minutes(20))) struct OperatorJobTests {
    /// What `forward` says, and the file that the measurement is written to.
    static let steps = [
        ("{mask: {center: 3}}", "png"), ("{mask: {box: {x: 1, y: 2, width: 3, height: 4}}}", "png"),
        ("{mask: {image: mask.png}}", "png"), ("{mask: {keep: 0.5, seed: 3}}", "png"),
        ("{blur: {gaussian: 1, size: 5}}", "png"),
        ("{blur: {kernel: psf.npy, boundary: zero}}", "png"),
        ("{blur: {motion: {length: 4, angle: 30}, boundary: circular}}", "png"),
        ("{downsample: {factor: 2}}", "png"), ("{downsample: {factor: 4, filter: lanczos}}", "png"),
        ("{random_matrix: {measurements: 20}}", "npy"),
        ("{random_matrix: {measurements: 20, scaling: normalized, seed: 2}}", "npy"),
        ("{matrix: {file: A.npy}}", "npy"), ("sign", "png"),
        ("[{random_matrix: {measurements: 90}}, {sign: {gradient: clipped}}]", "npy"),
        ("{quantize: {bits: 2}}", "png"), ("{fourier: {mask: {keep: 0.6}}}", "npy"),
        ("grayscale", "png"),
        ("[{blur: {gaussian: 1}}, {scale: 0.5}, {downsample: {factor: 2}}]", "png"),
    ]

    private func world(_ root: URL) throws -> SmallWorld {
        let world = try SmallWorld(root)
        let levels = (0..<64).map { UInt8($0 % 3 == 0 ? 0 : 255) }
        try world.write(
            Picture(pixels: HostArray(levels, shape: [8, 8, 1])).png(), "job/mask.png")
        try world.write(
            Picture(pixels: HostArray(levels, shape: [16, 4, 1])).png(), "job/tall.png")
        try world.write(
            Picture(pixels: HostArray([UInt8](repeating: 9, count: 64), shape: [8, 8, 1])).png(),
            "job/black.png")
        func write(_ values: [Float], _ shape: [Int], _ name: String) throws {
            try world.write(
                NPYFile(HostArray(values, shape: shape)).serialized(), "job/\(name).npy")
        }
        try write([0, 1, 0, 1, 2, 1, 0, 1, 3], [3, 3], "psf")
        try write([1, -1, 0], [1, 3], "zero-sum")
        try write([1, 1], [1, 2], "even")
        try write((0..<640).map { Float($0 % 7) / 7 }, [10, 64], "A")
        try write((0..<630).map { Float($0 % 7) / 7 }, [10, 63], "narrow")
        try write([Float](repeating: .nan, count: 64), [1, 64], "nan")
        try write([Float](repeating: .nan, count: 9), [3, 3], "nan-kernel")
        try write([Float](repeating: 0.5, count: 10), [10], "y")
        try write([Float](repeating: 1, count: 9), [9], "short")
        try write([Float](repeating: 1, count: 10), [10], "ones")
        func write<Number: ArrayElement>(bytes: [Number], _ name: String) throws {
            try world.write(NPYFile(HostArray(bytes, shape: [10])).serialized(), "job/\(name).npy")
        }
        try write(bytes: (0..<10).map { Int8($0 % 2 == 0 ? 1 : -1) }, "signs")
        try write(bytes: (0..<10).map { UInt8($0 % 2) }, "bits")
        for (name, shape) in [("complex", [1, 8, 8]), ("row", [64]), ("low", [4, 8])] {
            let bytes = [UInt8](repeating: 0, count: 8 * shape.reduce(1, *))
            let array = try HostArray(shape: shape, elementType: .complex64, bytes: bytes)
            try world.write(NPYFile(array).serialized(), "job/\(name).npy")
        }
        try write([Float](repeating: 0, count: 128), [2, 1, 8, 8], "parts")
        return world
    }

    private func job(
        _ forward: String, images: String = "a.png", given: String = "truth",
        noise: String = "none"
    ) -> String {
        """
        version: 1
        images: \(images)
        given: \(given)
        forward: \(forward)
        noise: \(noise)
        prior: tiny
        solver: {map: {steps: 2}}
        """
    }

    @Test(arguments: steps)
    func `every step goes from a job to a result`(_ forward: String, _ kind: String) throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            for noise in ["none", "{gaussian: {std: 0.05}}"] {
                let outcome = try world.run(job(forward, noise: noise), to: "out-\(noise.count)")
                let paths = outcome.files.map(\.path)
                #expect(paths.contains("restored/a.png"))
                #expect(paths.contains("measurement/a.\(kind)"))
                let score = outcome.report.images[0].score
                #expect(score?.psnr.isNaN == false)
                let showsNothing =
                    kind == "npy" && !forward.contains("fourier") || forward == "sign"
                #expect((score?.psnrInput == nil) == showsNothing)
            }
        }
    }

    @Test func `a measurement that was written is one that can be given`() throws {
        try withTemporaryDirectory { root in
            for (number, forward) in [
                "{fourier: {mask: {keep: 0.6}}}", "{random_matrix: {measurements: 20}}",
            ].enumerated() {
                var world = try world(root)
                let first = try world.run(job(forward), to: "first\(number)")
                try world.write(
                    world.bytes("first\(number)/measurement/a.npy"), "job/given.npy")
                let second = try world.run(
                    job(forward, images: "given.npy", given: "measurement"), to: "second\(number)")
                #expect(second.report.images[0].score == nil)
                #expect(
                    try world.bytes("first\(number)/restored/a.png")
                        == world.bytes("second\(number)/restored/given.png"))
                #expect(first.files.count > second.files.count - 1)
            }
        }
    }

    @Test func `what a mask hides of a measurement may be NaN`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            for (name, hidden, kept) in [
                ("zero", 0, 0.5), ("hidden", Float.nan, 0.5), ("kept", 0, .nan),
            ] as [(String, Float, Float)] {
                let values = (0..<64).map { $0 % 3 == 0 ? hidden : $0 == 40 ? kept : 0.5 }
                try world.write(
                    NPYFile(HostArray(values, shape: [1, 8, 8])).serialized(), "job/\(name).npy")
            }
            func restored(_ name: String) throws -> [UInt8] {
                _ = try world.run(
                    job(
                        "{mask: {image: mask.png}}", images: "\(name).npy", given: "measurement"),
                    to: name)
                return try world.bytes("\(name)/restored/\(name).png")
            }
            #expect(try restored("hidden") == restored("zero"))
            let error = #expect(throws: PipelineError.self) { try restored("kept") }
            #expect(
                error?.description
                    == "kept.npy: it has infinite values or NaN; repair it, or leave it out with a mask"
            )
        }
    }

    @Test func `complex measurements are complex numbers in files`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            _ = try world.run(job("{fourier: {mask: {keep: 1}}}"))
            let file = try NPYFile(
                parsing: world.bytes("out/measurement/a.npy"), context: "a",
                complexNumbers: .accepted)
            #expect(file.array.elementType == .complex64)
            #expect(file.array.shape == [1, 8, 8])
        }
    }

    @Test func `known pixels of an exact measurement are in the result as they were`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            _ = try world.run(
                job("{mask: {center: 3}}") + "\noutput: {arrays: true}")
            let found = try NPYFile(parsing: world.bytes("out/restored/a.npy"), context: "a").array
            let truth = try Picture(decoding: world.bytes("job/a.png"), name: "a").floats(bits: 8)
            let (a, b) = (try found.values(as: Float.self), try truth.values(as: Float.self))
            for index in 0..<64 {
                let isHole = (2..<5).contains(index / 8) && (2..<5).contains(index % 8)
                #expect(isHole || abs(a[index] - b[index]) < 1e-6)
            }
        }
    }

    @Test func `what a mask does not keep is not looked at`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            var results: [[UInt8]] = []
            for fill in [UInt8(0), 255] {
                let levels = (0..<64).map { index in
                    (2..<5).contains(index / 8) && (2..<5).contains(index % 8) ? fill : 100
                }
                try world.write(
                    Picture(pixels: HostArray(levels, shape: [8, 8, 1])).png(), "job/hole.png")
                _ = try world.run(
                    job("{mask: {center: 3}}", images: "hole.png", given: "measurement"),
                    to: "out\(fill)")
                results.append(try world.bytes("out\(fill)/restored/hole.png"))
            }
            #expect(results[0] == results[1])
        }
    }

    @Test(arguments: [
        ("{mask: {image: tall.png}}", "tall.png has 16 × 4 pixels"),
        ("{mask: {image: black.png}}", "nothing is white"),
        ("{mask: {image: none.png}}", "no such picture"),
        ("{mask: {center: 8}}", "nothing of 8 × 8 pixels is left"),
        ("{mask: {box: {x: 5, y: 0, width: 4, height: 2}}}", "leaves the picture"),
        ("{blur: {kernel: zero-sum.npy}}", "the sum is 0.0; it must be positive"),
        ("{blur: {kernel: even.npy}}", "odd"), ("{blur: {kernel: nan-kernel.npy}}", "NaN"),
        ("{blur: {kernel: none.npy}}", "no such array"),
        ("{downsample: {factor: 3}}", "that 3 divides"),
        ("{matrix: {file: narrow.npy}}", "63 columns, but what it measures has 1 × 8 × 8 = 64"),
        ("{matrix: {file: nan.npy}}", "NaN"),
        ("{fourier: {mask: {image: black.png}}}", "nothing is white"),
    ])
    func `files that do not fit are named before any work`(
        _ forward: String, _ message: String
    ) throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            try expectFailure(message) {
                try world.run(job(forward)) { _ in
                    Issue.record("the work began")
                }
            }
        }
    }

    @Test(arguments: [
        ("{matrix: {file: A.npy}}", "short.npy", "[10]"),
        ("[{matrix: {file: A.npy}}, sign]", "y.npy", "other than +1 and -1"),
        ("[{matrix: {file: A.npy}}, sign, identity]", "y.npy", "other than +1 and -1"),
        ("[{matrix: {file: A.npy}}, sign, {scale: 2}]", "ones.npy", "other than +2.0 and -2.0"),
        ("[sign, {mask: {center: 3}}]", "a.png", "other than +1 and -1"),
        ("[{matrix: {file: A.npy}}, sign]", "bits.npy", "uint8 has no -1; write them as int8"),
        ("{matrix: {file: A.npy}}", "signs.npy", "in the unit that forward gives"),
        ("{fourier: {mask: {keep: 0.5}}}", "a.png", "complex numbers of the shape [1, 8, 8]"),
        (
            "identity", "complex.npy",
            "has complex numbers of the shape [1, 8, 8], but the prior tiny needs [1, 8, 8]"
        ),
        (
            "{fourier: {mask: {keep: 1}}}", "low.npy",
            "has complex numbers of the shape [1, 4, 8], but forward measures complex numbers of "
                + "the shape [1, 8, 8]"
        ),
        ("{fourier: {mask: {keep: 1}}}", "row.npy", "it has complex numbers of the shape [64]"),
        ("{fourier: {mask: {keep: 1}}}", "parts.npy", "it has the shape [2, 1, 8, 8]"),
        ("{downsample: {factor: 2}}", "a.png", "[1, 4, 4]"),
    ])
    func `measurements that do not fit are named before any work`(
        _ forward: String, _ images: String, _ message: String
    ) throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            try expectFailure(message) {
                try world.run(job(forward, images: images, given: "measurement")) { _ in
                    Issue.record("the work began")
                }
            }
        }
    }

    @Test(arguments: [
        ("[{matrix: {file: A.npy}}, sign]", "ones.npy"),
        ("[{matrix: {file: A.npy}}, sign]", "signs.npy"),
        ("[{matrix: {file: A.npy}}, sign, identity]", "signs.npy"),
        ("[{matrix: {file: A.npy}}, sign, {scale: 0.5}]", "y.npy"),
    ])
    func `signs are of the size that forward gives them, and may be whole numbers`(
        _ forward: String, _ images: String
    ) throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            let outcome = try world.run(job(forward, images: images, given: "measurement"))
            #expect(outcome.report.images.count == 1)
        }
    }

    @Test func `a matrix in column-major order is the same matrix`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            let header = "{'descr': '<f4', 'fortran_order': True, 'shape': (10, 64), }\n"
            let values = (0..<640).map { index in
                let (row, column) = (index % 10, index / 10)
                return Float((row * 64 + column) % 7) / 7
            }
            let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0]
            let bytes = start + Array(header.utf8) + HostArray(values, shape: [640]).bytes
            try world.write(bytes, "job/F.npy")
            for name in ["A", "F"] {
                _ = try world.run(job("{matrix: {file: \(name).npy}}"), to: name)
            }
            for name in ["measurement/a.npy", "restored/a.png"] {
                #expect(try world.bytes("F/\(name)") == world.bytes("A/\(name)"))
            }
        }
    }

    private func expectFailure(
        _ message: String, _ body: () throws -> JobOutcome
    ) throws {
        do {
            _ = try body()
            Issue.record("the job succeeded, but should say: \(message)")
        } catch {
            let failure = JobFailure(explaining: error)
            #expect(failure.kind == .job)
            #expect(failure.message.contains(message), "\(failure.message)")
        }
    }

    @Test func `a search that found no finite objective is a failure, not a result`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            let forward = "[{matrix: {file: A.npy}}, {scale: 1e6}, {scale: 1e6}, {scale: 1e6}]"
            try expectFailure("no picture with a finite objective was found") {
                try world.run(job(forward))
            }
            let beyond = forward.replacing("]", with: ", {scale: 1e6}]")
            for other in ["lasso", "{langevin: {steps: 10, samples: 4}}"] {
                try expectFailure("no picture with a finite objective was found") {
                    try world.run(
                        job(beyond).replacing("{map: {steps: 2}}", with: other), to: "other")
                }
            }
            // Among methods that are compared it is one that failed.
            let several =
                job(forward).replacing(
                    "solver: {map", with: "solver: [{plug_and_play: {steps: 2}}, {map") + "]"
            let methods = try world.run(several, to: "several").report.comparison
            #expect(methods.map { $0.failure == nil } == [true, false])
            #expect(methods.last?.failure?.contains("no picture with a finite objective") == true)
        }
    }

    @Test func `a job measures by its own operator, whatever was measured before`() throws {
        try withTemporaryDirectory { root in
            var world = try world(root)
            func measured(_ forward: String, in world: inout SmallWorld) throws -> [UInt8] {
                _ = try world.run(job(forward))
                return try world.bytes("out/measurement/a.npy")
            }
            let matrices = [
                "{random_matrix: {measurements: 20}}",
                "{random_matrix: {measurements: 20, seed: 2}}",
                "{random_matrix: {measurements: 20, scaling: normalized}}",
                "{random_matrix: {measurements: 20}}", "{matrix: {file: A.npy}}",
            ]
            for forward in matrices {
                let found = try measured(forward, in: &world)
                world.restorer = Restorer(software: "sluice test")
                #expect(try measured(forward, in: &world) == found, "\(forward)")
                // The next begins with this one in memory.
            }
            let before = try measured("{matrix: {file: A.npy}}", in: &world)
            let other = HostArray([Float](repeating: 1, count: 640), shape: [10, 64])
            try world.write(NPYFile(other).serialized(), "job/A.npy")
            #expect(try measured("{matrix: {file: A.npy}}", in: &world) != before)
        }
    }
}
