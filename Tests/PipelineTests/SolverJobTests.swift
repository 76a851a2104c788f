import Arrays
import Jobs
import Models
import Pipeline
import Reports
import Tensors
import TestSupport
import Testing

/// Every solver from its job to its result.
@Suite struct SolverJobTests {
    private static func job(_ solver: String, _ more: String = "prior: tiny") -> String {
        """
        version: 1
        images: [a.png, b.png]
        given: truth
        noise: {gaussian: {std: 0.1}}
        solver: \(solver)
        output: {arrays: true}
        \(more)

        """
    }

    @Test(arguments: [
        ("{map: {steps: 4}}", "prior: tiny", true), ("{mle: {steps: 4}}", "prior: tiny", true),
        ("{asim: {steps: 4, squared: true}}", "prior: tiny", true),
        ("{bora: {steps: 4, optimizer: lbfgs}}", "prior: tiny", true),
        ("{mle: {steps: 4, init: random}}", "prior: maker", false),
        ("{asim: {steps: 4}}", "prior: maker", false),
        ("{bora: {steps: 4}}", "prior: maker", false), ("{lasso: {lambda: 0.2}}", "", false),
        ("{lasso: {basis: wavelet}}", "prior: tiny", false), ("bm3d", "", false),
        ("{bm3d: {std: 0.2, strength: 0.5}}", "prior: maker", false),
    ])
    func `a job runs to its result`(
        _ solver: String, _ more: String, _ hasDensity: Bool
    ) throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeGenerator()
            let outcome = try world.run(Self.job(solver, more))
            let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
            let images = try #require(result["images"]?.array)
            #expect(images.count == 2)
            for image in images {
                #expect(image["psnr"]?.number ?? 0 > 3)
                #expect(image["objective"]?.number?.isFinite == true)
                #expect((image["log_likelihood"]?.number != nil) == hasDensity)
            }
            #expect(result["settings"]?["plan"] != nil)
            let isFit = !solver.contains("lasso") && !solver.contains("bm3d")
            #expect((outcome.report.model != nil) == isFit)
            #expect(try world.text("out/report.html").contains("</html>"))
            _ = try world.run(world.text("out/job.resolved.yaml"), to: "again")
            #expect(try world.bytes("out/restored/a.npy") == world.bytes("again/restored/a.npy"))
        }
    }

    /// A report says what was gone by, and nothing that was not.
    @Test(arguments: ["map", "asim"]) func `L-BFGS has no rate, schedule or jitter`(
        _ method: String
    )
        throws
    {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            for optimizer in ["lbfgs", "adam"] {
                let solver = "{\(method): {steps: 3, optimizer: \(optimizer)}}"
                _ = try world.run(Self.job(solver, "prior: tiny"), to: optimizer)
                let result = try JSONValue(
                    parsing: world.text("\(optimizer)/result.json"), context: "result")
                let plan = try #require(result["settings"]?["plan"])
                #expect(plan["optimizer"] == .string(optimizer))
                for key in ["learning_rate", "schedule"] + (method == "map" ? ["jitter"] : []) {
                    #expect((plan[key] == .null) == (optimizer == "lbfgs"), "\(key)")
                }
            }
        }
    }

    @Test func `MAP says what to do about a prior without a density`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeGenerator()
            do {
                _ = try world.run(Self.job("map", "prior: maker"))
                Issue.record("a model without a density was accepted")
            } catch {
                let failure = JobFailure(explaining: error)
                #expect(failure.code == "model.unfit")
            }
        }
    }

    @Test(arguments: ["bm3d", "lasso"])
    func `without a prior, size and colour are those of the pictures, one for all`(
        _ solver: String
    ) throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeColour("job/c.png", side: 12)
            let colour = Self.job(solver, "").replacing("[a.png, b.png]", with: "c.png")
            _ = try world.run(colour)
            let restored = try NPYFile(parsing: world.bytes("out/restored/c.npy"), context: "c")
            #expect(restored.array.shape == [3, 12, 12])
            let error = #expect(throws: JobFault.self) {
                try world.run(colour.replacing("c.png", with: "[a.png, c.png]"))
            }
            #expect("\(try #require(error))".contains("submit a job for each"))
        }
    }

    @Test func `BM3D refuses a colour measurement that is made gray`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeColour("job/c.png", side: 12)
            let gray = Self.job("bm3d", "prepare: {color: gray}")
                .replacing("[a.png, b.png]", with: "c.png")
            _ = try world.run(gray)
            let error = #expect(throws: JobFault.self) {
                try world.run(gray.replacing("given: truth", with: "given: measurement"))
            }
            #expect("\(try #require(error))".contains("leave out color"))
        }
    }

    @Test func `jobs without a prior share a batch`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let orders = try ["a.png", "b.png"].enumerated().map { number, picture in
                try world.order(
                    Self.job("bm3d", "").replacing("[a.png, b.png]", with: picture),
                    number: number)
            }
            var heard: [Int] = []
            try world.restorer.restore(orders) { index, news in
                if case .progress = news { heard.append(index) }
                if case .failed(let error) = news { Issue.record("\(error)") }
            }
            #expect(heard == [0, 1, 0, 1])
        }
    }
}
