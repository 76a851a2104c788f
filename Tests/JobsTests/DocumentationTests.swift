import Foundation
import Jobs
import Testing
import YAML

/// What the repository shows users must work.
@Suite struct DocumentationTests {
    /// The texts between "```yaml" and "```".
    private static func blocks() throws -> [String] {
        try Repository.text("Docs/job-file.md").components(separatedBy: "```yaml\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
    }

    @Test func `every example of the documentation is valid`() throws {
        let blocks = try Self.blocks()
        #expect(blocks.count >= 6)
        for block in blocks {
            let bytes = Array(block.utf8)
            switch DocumentKind(of: YAMLDocument(reading: bytes, file: "f")) {
            case .job:
                #expect(mistakes(block) == "", "\(block)")
            case .recipe:
                _ = try SpecReader(RecipeSpec.rule).read(bytes, file: "f")
            case .experiment:
                _ = try ExperimentSpec.read(bytes, file: "f")
            case .configuration:
                _ = try SpecReader(ConfigurationSpec.rule).read(bytes, file: "f")
            }
        }
    }

    @Test func `the first example states the defaults`() throws {
        let spec = try readJob(try #require(Self.blocks().first))
        let defaults = JobSpec(images: spec.images, prior: spec.prior)
        #expect(spec.seed == defaults.seed)
        #expect(spec.given == defaults.given)
        #expect(spec.solver == defaults.solver)
        #expect(spec.output == defaults.output)
        #expect(spec.isDeterministic == defaults.isDeterministic)
    }

    @Test(arguments: [
        "stripes-on-digits/job", "digits-on-faces/job", "digits-on-faces/search",
        "scribbles-on-faces/job", "noises/gaussian", "noises/unknown-strength", "noises/radial",
        "noises/laplace", "noises/student-t", "noises/poisson", "noises/sum", "noises/none",
    ])
    func `an example job is valid, also in the Inbox`(_ name: String) throws {
        let text = try Repository.text("etc/jobs/\(name).yaml")
        let policy = PathPolicy.confined(datasets: [], models: ["Models"])
        #expect(mistakes(text, policy: policy) == "")
        let spec = try readJob(text, policy: policy)
        let folder = Repository.root.appending(path: "etc/jobs/\(name)")
            .deletingLastPathComponent().path()
        for file in spec.files where file.kind == .picture {
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(file.path)"))
        }
    }

    @Test func `the stripes are on sixteen digits`() throws {
        let spec = try readJob(try Repository.text("etc/jobs/stripes-on-digits/job.yaml"))
        #expect(spec.noise == .sine(SineNoiseSpec(amplitude: 0.4)))
        #expect(spec.given == .truth)
        guard case .glob(let glob) = spec.images else {
            Issue.record("the pictures are a glob")
            return
        }
        let folder = Repository.root.appending(path: "etc/jobs/stripes-on-digits").path()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.filter(glob.matches).count == 16)
    }
}
