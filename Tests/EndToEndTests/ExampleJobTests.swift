import Arrays
import Foundation
import TestSupport
import Testing

/// The example jobs, run as a user runs them, with the models that come along.
@Suite struct ExampleJobTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// How many pictures of a kind are enough; no example names more of them one by one.
    ///
    /// A search on digits ends some decibels higher or lower with any change of rounding: single ones tell little.
    private static let enough = ["digit": 8, "drawn": 2, "face": 2]

    /// The result of a job beneath `etc/jobs`, with the first of its pictures, or with so many digits of the
    /// first example instead of its own.
    private func result(
        of job: String, withDigits digits: Int = 0, in folder: URL
    ) throws -> JSONValue {
        let file = try example(job, in: folder)
        if digits > 0 { try give(digits, to: file) }
        let models = Self.repository.appending(path: "Models")
        let outcome = try BuiltProgram("sluice").run(
            ["run", file.path(), "--output", "out", "--models", models.path(), "--json"],
            in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try JSONValue(parsing: outcome.output, context: job)
    }

    /// A copy of an example without the pictures that would only take longer.
    private func example(_ job: String, in folder: URL) throws -> URL {
        let parts = job.split(separator: "/").map(String.init)
        let copy = folder.appending(path: parts[0])
        try FileManager.default.copyItem(
            at: Self.repository.appending(path: "etc/jobs/\(parts[0])"), to: copy)
        let names = try FileManager.default.contentsOfDirectory(atPath: copy.path).sorted()
        for (kind, enough) in Self.enough {
            for name in names.filter({ $0.hasPrefix("\(kind)-") }).dropFirst(enough) {
                try FileManager.default.removeItem(at: copy.appending(path: name))
            }
        }
        return copy.appending(path: "\(parts[1]).yaml")
    }

    /// Gives the job in `file` so many digits for its one.
    private func give(_ digits: Int, to file: URL) throws {
        let folder = file.deletingLastPathComponent()
        let source = Self.repository.appending(path: "etc/jobs/stripes-on-digits")
        for name in (0..<digits).map({ "digit-0\($0).png" }) {
            try FileManager.default.copyItem(
                at: source.appending(path: name), to: folder.appending(path: name))
        }
        let text = try String(contentsOf: file, encoding: .utf8)
        let several = text.replacing("images: digit.png", with: "images: digit-*.png")
        #expect(several != text)
        try Data(several.utf8).write(to: file)
    }

    private func gain(_ result: JSONValue) throws -> Double {
        let input = try #require(result["mean"]?["psnr_input"]?.number)
        let restored = try #require(result["mean"]?["psnr"]?.number)
        return restored - input
    }

    @Test(
        .timeLimit(.minutes(20)),
        arguments: [
            ("stripes-on-digits/job", 4.0), ("digits-on-faces/job", 6),
            ("digits-by-mle/job", 6), ("digits-by-asim/job", 3), ("digits-by-bora/job", 3),
            ("faces-by-lasso/job", 3), ("faces-by-bm3d/job", 8),
            ("scribbles-on-faces/job", 6), ("noises/gaussian", 3), ("noises/poisson", 2.5),
            ("noises/radial", 4), ("noises/student-t", 2), ("noises/laplace", 2),
            ("noises/sum", 3), ("digits-on-faces/search", 6),
            ("faces-by-unfolding/denoise-0.1", 8), ("faces-by-unfolding/denoise-0.2", 10),
            ("faces-by-unfolding/inpaint-19", 14), ("faces-by-unfolding/deblur-5", 4),
            ("faces-by-unfolding/plug-and-play", 14),
            ("large-texture/job", 6), ("methods-compared/job", 8),
        ])
    func `an example comes back better than its input`(_ job: String, _ least: Double) throws {
        try withTemporaryDirectory { folder in
            let result = try result(of: job, in: folder)
            #expect(try gain(result) > least)
            if job == "digits-on-faces/search" { try expectPlaces(in: result) }
            let isQuiet = ["stripes-on-digits", "faces-by-unfolding"].contains(where: job.hasPrefix)
            guard isQuiet else { return }
            // What newcomers see first has no false alarms, and networks know what they were trained for.
            let warnings = (result["images"]?.array ?? []).flatMap { $0["warnings"]?.array ?? [] }
            #expect(warnings.isEmpty, "\(warnings)")
        }
    }

    /// Digits are found where nobody said they are.
    private func expectPlaces(in result: JSONValue) throws {
        for image in result["images"]?.array ?? [] {
            let places = image["noise_found"]?["placement"]?.array ?? []
            #expect(places.count == 4)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `an exact measurement stays what it is`() throws {
        try withTemporaryDirectory { folder in
            let result = try result(of: "noises/none", in: folder)
            // An infinite PSNR is no number.
            #expect((result["mean"]?["psnr"]?.number ?? .infinity) > 35)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `a picture that the model does not know is said to be one`() throws {
        try withTemporaryDirectory { folder in
            let odd = try result(of: "odd-picture/job", in: folder)
            let image = try #require(odd["images"]?.array?.first)
            let quantile = try #require(image["prior_quantile"]?.number)
            #expect(quantile < 0.005)
            let warnings = image["warnings"]?.array?.compactMap(\.string) ?? []
            #expect(warnings.contains { $0.hasPrefix("this picture does not look like") })
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `the strength of noise that nobody knows is found`() throws {
        try withTemporaryDirectory { folder in
            let result = try result(of: "noises/unknown-strength", in: folder)
            #expect(try gain(result) > 6)
            for image in result["images"]?.array ?? [] {
                let std = try #require(image["noise_found"]?["std"]?.number)
                #expect(abs(std / 0.1 - 1) < 0.05, "\(std)")
            }
        }
    }

    @Test(
        .timeLimit(.minutes(20)),
        arguments: [("unknown-stripes", 0.2, 0.1), ("unknown-spot", 0.3, 0.3)])
    func `the amplitude of noise that nobody knows is found`(
        _ job: String, _ amplitude: Double, _ tolerance: Double
    ) throws {
        try withTemporaryDirectory { folder in
            let result = try result(of: "noises/\(job)", in: folder)
            #expect(try gain(result) > 3)
            for image in result["images"]?.array ?? [] {
                let found = try #require(image["noise_found"]?["amplitude"]?.number)
                #expect(abs(found / amplitude - 1) < tolerance, "\(found)")
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `the weight of the prior is found by the noise`() throws {
        try withTemporaryDirectory { folder in
            let result = try result(of: "noises/weight-by-noise", in: folder)
            #expect(try gain(result) > 6)
            #expect(result["settings"]?["plan"]?["finds_beta"] == .bool(true))
            for image in result["images"]?.array ?? [] {
                let beta = try #require(image["beta_found"]?.number)
                #expect(beta > 0.1 && beta < 2, "\(beta)")
            }
        }
    }

    @Test(
        .timeLimit(.minutes(20)),
        arguments: [
            ("digits-on-faces/separate", 11.0, 27.0), ("scribbles-on-faces/separate", 6, 25),
        ])
    func `picture and noise are both results`(
        _ job: String, _ least: Double, _ leastOfNoise: Double
    ) throws {
        try withTemporaryDirectory { folder in
            let result = try result(of: job, in: folder)
            #expect(try gain(result) > least)
            #expect(try #require(result["mean"]?["psnr_noise"]?.number) > leastOfNoise)
            #expect(result["settings"]?["plan"]?["separation"]?["beta"]?.number != nil)
            for image in result["images"]?.array ?? [] {
                #expect(try #require(image["remainder"]?.number) < 0.03)
                #expect(image["noise_bits_per_dim"]?.number != nil)
                let file = try #require(image["noise"]?.string)
                #expect(FileManager.default.fileExists(atPath: folder.path() + "/out/" + file))
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `samples say how sure a picture is`() throws {
        try withTemporaryDirectory { folder in
            let result = try result(of: "posterior-samples/job", in: folder)
            let image = try #require(result["images"]?.array?.first)
            #expect(image["posterior"]?["samples"]?.number == 16)
            // Where half is hidden nobody can be sure.
            #expect(try #require(image["posterior"]?["std"]?.number) > 0.02)
            for key in ["deviation", "samples"] {
                let file = try #require(image[key]?.string)
                #expect(FileManager.default.fileExists(atPath: folder.path() + "/out/" + file))
            }
        }
    }

    /// Examples whose digit ends up to eight decibels higher or lower with a change of rounding: only the
    /// mean of several tells whether they are restored.
    private static let scattered: Set = ["downsample", "random-matrix"]

    static let operators = [
        ("mask-center", 32.0), ("mask-box", 23), ("mask-picture", 20), ("mask-random", 18),
        ("blur-gaussian", 20), ("blur-kernel", 20), ("blur-motion", 23), ("downsample", 25.4),
        ("random-matrix", 30.5), ("matrix", 21), ("one-bit", 22), ("quantize", 24), ("fourier", 42),
        ("several-steps", 20), ("grayscale", 20),
    ]

    @Test(.timeLimit(.minutes(20)), arguments: operators)
    func `an example of every way of measuring is restored`(
        _ name: String, _ least: Double
    ) throws {
        try withTemporaryDirectory { folder in
            let digits = Self.scattered.contains(name) ? 8 : 0
            let result = try result(of: "\(name)/job", withDigits: digits, in: folder)
            #expect(try #require(result["mean"]?["psnr"]?.number) > least)
        }
    }
}
