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
        arguments: [
            ("stripes-on-digits", 6.0), ("digits-on-faces", 6.0), ("digits-by-mle", 6.0),
            ("digits-by-asim", 3.0), ("digits-by-bora", 3.0), ("faces-by-lasso", 3.0),
            ("faces-by-bm3d", 8.0),
        ])
    func `an example comes back better than its input`(_ name: String, _ gain: Double) throws {
        try withTemporaryDirectory { folder in
            let job = Self.repository.appending(path: "etc/jobs/\(name)/job.yaml")
            let models = Self.repository.appending(path: "Models")
            let outcome = try BuiltProgram("sluice").run(
                ["run", job.path(), "--output", "out", "--models", models.path(), "--json"],
                in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let mean = try JSONValue(parsing: outcome.output, context: name)["mean"]
            let input = try #require(mean?["psnr_input"]?.number)
            let restored = try #require(mean?["psnr"]?.number)
            #expect(restored - input > gain)
        }
    }
}
