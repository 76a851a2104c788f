import Jobs
import Testing
import YAML

/// Jobs that compare several methods.
@Suite struct SolverListTests {
    private static let start = "version: 1\nimages: a.png\nprior: mnist\n"

    private func read(_ lines: String, solvers: String? = nil) throws(JobError) -> JobSpec {
        let reader = JobReader(solvers: solvers) { (_) throws(JobError) in [] }
        return try reader.read([UInt8]((Self.start + lines).utf8), file: "job.yaml")
    }

    private func mistake(_ lines: String, solvers: String? = nil) -> String {
        do throws(JobError) {
            _ = try read(lines, solvers: solvers)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `a list is read in its order, and the first is the job's own`() throws {
        let job = try read("solver: [map, bm3d, {map: {beta: 1}}]\n")
        #expect(job.solver == .map(MAPSpec()))
        #expect(
            job.rivals == [.bm3d(std: nil, strength: 1), .map(MAPSpec(beta: .fixed(1)))])
        #expect(try read("solver: [map]\n") == read("solver: map\n"))
    }

    @Test func `one of its methods alone is a job like any other`() throws {
        let job = try read("solver: [map, bm3d]\nnoise: {gaussian: {std: 0.1}}\n")
        #expect(
            try job.restoring(with: 1)
                == read("solver: bm3d\nnoise: {gaussian: {std: 0.1}}\n"))
    }

    @Test func `a list is written and read back`() throws {
        let job = try read("solver: [{langevin: {samples: 4}}, lasso, map]\n")
        let reader = JobReader() { (_) throws(JobError) in [] }
        #expect(try reader.read([UInt8](job.value.yaml.utf8), file: "again") == job)
    }

    @Test(arguments: [
        ("solver: [map, bmd3]", "job.yaml:4:15: solver[1] is bmd3; did you mean bm3d?"),
        ("solver: [map, bora, map]", "job.yaml:4:21: solver[2] is the same as solver[0]; leave it"),
        ("solver: []", "job.yaml:4:9: solver has 0 elements; write a list of 1 to 12 methods"),
        (
            "solver: [map, {asim: {space: image}}]",
            "job.yaml:4:15: this solver works on latent variables only; write space: latent"
        ),
        (
            "solver: [map, lasso]\nforward: [sign]",
            "job.yaml:5:11: lasso needs a measurement that is linear in the picture, and sign is not"
        ),
        ("solver: [map, {unfolded: {}}]", "job.yaml:4:26: model is missing in solver[1].unfolded"),
    ])
    func `every method of a list is checked at its place`(_ lines: String, _ expected: String) {
        let mistake = mistake(lines + "\n")
        #expect(mistake.hasPrefix(expected), "\(mistake)")
    }

    @Test func `the prior is missed where any of the methods needs one`() throws {
        let reader = JobReader() { (_) throws(JobError) in [] }
        func read(_ solver: String) throws(JobError) -> JobSpec {
            try reader.read(
                [UInt8]("version: 1\nimages: a.png\nsolver: \(solver)\n".utf8), file: "job.yaml")
        }
        #expect(try read("[bm3d, lasso]").prior == nil)
        #expect(throws: JobError.self) { try read("[bm3d, map]") }
    }

    @Test(arguments: [
        "map, {bm3d: {strength: 2}}", "[map, {bm3d: {strength: 2}}]",
        " [map, {bm3d: {strength: 2}}]",
    ])
    func `methods of the command line stand in for those of the job`(_ text: String) throws {
        let job = try read("solver: mle\nnoise: {gaussian: {std: 0.1}}\n", solvers: text)
        #expect(job.solvers == [.map(MAPSpec()), .bm3d(std: nil, strength: 2)])
        #expect(job.noise == .gaussian(.known(0.1)))
    }

    @Test(arguments: [
        ("map, asm", "--solvers:1:6: solver[1] is asm; did you mean asim?"),
        ("map, {asim: {gama: 1}}", "--solvers:1:14: unknown key gama in solver[1].asim; did you"),
        ("map, {asim", "--solvers:1:"), ("", "--solvers:1:1: solver has 0 elements"),
    ])
    func `mistakes of the command line are told at its places`(_ text: String, _ expected: String) {
        let mistake = mistake("", solvers: text)
        #expect(mistake.hasPrefix(expected), "\(mistake)")
    }

    @Test func `methods are called by their names and by what tells them apart`() throws {
        let job = try read("solver: [map, bm3d, {map: {beta: 1}}, {map: {beta: 1, steps: 9}}]\n")
        #expect(
            SolverSpec.titles(of: job.solvers) == [
                "map, beta usual, steps auto", "bm3d", "map, beta 1, steps auto",
                "map, beta 1, steps 9",
            ])
        #expect(SolverSpec.titles(of: [.map(MAPSpec())]) == ["map"])
    }

    @Test func `the models of all methods are files of the job`() throws {
        let job = try read("solver: [map, {unfolded: {model: net}}]\n")
        #expect(job.files.map(\.path) == ["a.png", "mnist", "net"])
    }
}
