import Arrays
import Foundation
import TestSupport
import Testing

/// The example jobs, run as a user runs them, with the models that come along.
@Suite struct ExampleJobTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test(
        .timeLimit(.minutes(10)),
        arguments: [("stripes-on-digits", 6.0), ("digits-on-faces", 6.0)])
    func `an example comes back better than its input`(_ name: String, _ gain: Double) throws {
        let mean = try mean(of: name)
        let input = try #require(mean?["psnr_input"]?.number)
        let restored = try #require(mean?["psnr"]?.number)
        #expect(restored - input > gain)
    }

    /// One for every step of `forward`, and the PSNR that it reaches, with a margin.
    static let operators = [
        ("mask-center", 32.0), ("mask-box", 23), ("mask-picture", 20), ("mask-random", 18),
        ("blur-gaussian", 20), ("blur-kernel", 20), ("blur-motion", 23), ("downsample", 23),
        ("random-matrix", 24), ("matrix", 21), ("one-bit", 22), ("quantize", 24), ("fourier", 24),
        ("several-steps", 20), ("grayscale", 19),
    ]

    @Test(.timeLimit(.minutes(10)), arguments: operators)
    func `an example of every way of measuring is restored`(
        _ name: String, _ psnr: Double
    ) throws {
        #expect(try mean(of: name)?["psnr"]?.number ?? 0 > psnr)
    }

    /// The scores of the example `name`, run as a user runs it.
    private func mean(of name: String) throws -> JSONValue? {
        try withTemporaryDirectory { folder -> JSONValue? in
            let job = Self.repository.appending(path: "etc/jobs/\(name)/job.yaml")
            let models = Self.repository.appending(path: "Models")
            let outcome = try BuiltProgram("sluice").run(
                ["run", job.path(), "--output", "out", "--models", models.path(), "--json"],
                in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try JSONValue(parsing: outcome.output, context: name)["mean"]
        }
    }
}
