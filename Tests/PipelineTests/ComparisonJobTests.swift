import Arrays
import Foundation
import Images
import Jobs
import Pipeline
import Reports
import Solvers
import TestSupport
import Testing

/// Jobs that compare several methods, from the job to the result.
@Suite struct ComparisonJobTests {
    private static func job(_ solver: String, _ more: String = "given: truth") -> String {
        """
        version: 1
        images: [a.png, b.png]
        noise: {gaussian: {std: 0.1}}
        prior: tiny
        solver: \(solver)
        output: {arrays: true}
        \(more)

        """
    }

    private static let three = "[{map: {steps: 4}}, bm3d, {bora: {steps: 4}}]"

    @Test func `every method makes what it makes alone`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let outcome = try world.run(Self.job(Self.three))
            let alone = ["{map: {steps: 4}}", "bm3d", "{bora: {steps: 4}}"]
            let folders = ["out", "out/compared/2-bm3d", "out/compared/3-bora"]
            for (solver, folder) in zip(alone, folders) {
                _ = try world.run(Self.job(solver), to: "alone")
                for name in ["restored/a.npy", "restored/b.npy", "noise/a.npy", "restored/b.png"] {
                    let own = try world.bytes("alone/\(name)")
                    #expect(try world.bytes("\(folder)/\(name)") == own, "\(folder) \(name)")
                }
            }
            for method in outcome.report.comparison {
                #expect(method.images.count == 2)
                #expect(method.failure == nil)
            }
        }
    }

    @Test func `the law notices methods that measured something else`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            _ = try world.run(Self.job(Self.three))
            _ = try world.run(Self.job("bm3d") + "seed: 5\n", to: "alone")
            withKnownIssue {
                let own = try world.bytes("alone/restored/a.npy")
                #expect(try world.bytes("out/compared/2-bm3d/restored/a.npy") == own)
            }
        }
    }

    @Test func `result, table and page have every method`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let outcome = try world.run(Self.job(Self.three))
            let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
            let methods = try #require(result["comparison"]?.array)
            #expect(methods.map { $0["method"]?.string } == ["map", "bm3d", "bora"])
            #expect(methods.map { $0["model"]?.string } == ["tiny", nil, "tiny"])
            #expect(methods[0]["images"] == result["images"])
            #expect(
                methods[1]["images"]?.array?.first?["restored"]
                    == .string("compared/2-bm3d/restored/a.png"))
            #expect(result["settings"]?["solver"]?.array?.count == 3)
            let lines = try world.text("out/comparison.csv").split(separator: "\n")
            #expect(lines.count == 1 + 3 * 2)
            #expect(outcome.files.contains { $0.path == "comparison.csv" })
            #expect(outcome.files.contains { $0.path == "compared/3-bora/restored/b.png" })
            // They measured the same, which is there once.
            #expect(!world.exists("out/compared/2-bm3d/measurement"))
            let page = try world.text("out/report.html")
            for title in ["id=\"methods\"", "bora of a.png", "id=\"m2-method3\""] {
                #expect(page.contains(title), "\(title)")
            }
        }
    }

    @Test func `a job of one method has no comparison`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let outcome = try world.run(Self.job("[bm3d]"))
            #expect(outcome.report.comparison.isEmpty)
            #expect(!world.exists("out/comparison.csv"))
            #expect(try !world.text("out/result.json").contains("comparison"))
            #expect(try !world.text("out/report.html").contains("id=\"methods\""))
        }
    }

    @Test func `methods are compared where no truth is known`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let outcome = try world.run(Self.job(Self.three, "seed: 1"))
            #expect(outcome.report.comparison.count == 3)
            #expect(outcome.report.comparison.allSatisfy { $0.mean == nil })
        }
    }

    @Test func `a method that fails is told, and the others go on`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeUnfolded("failing", isBroken: true)
            let job = Self.job(
                "[{map: {steps: 2}}, {unfolded: {model: failing, allow_mismatch: true}}, bm3d]")
            let outcome = try world.run(job)
            let methods = outcome.report.comparison
            try #require(methods.count == 3)
            #expect(methods[2].images.count == 2)
            let failure = try #require(methods[1].failure)
            #expect(outcome.report.warnings == ["unfolded failed: \(failure)"])
            #expect(try world.text("out/report.html").contains("class=\"failed\""))
            #expect(!world.exists("out/compared/2-unfolded"))
            #expect(!outcome.files.contains { $0.path.hasPrefix("compared/2-") })
            let result = try JSONValue(parsing: world.text("out/result.json"), context: "result")
            #expect(result["comparison"]?.array?[1]["failure"]?.string == failure)
        }
    }

    @Test func `a prior that a method cannot use is told before anything is restored`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeGenerator()
            var steps = 0
            let job = Self.job("[bm3d, {map: {steps: 6}}]")
                .replacing("prior: tiny", with: "prior: maker")
            let error = #expect(throws: (any Error).self) {
                try world.run(job) { _ in steps += 1 }
            }
            #expect(error != nil && steps == 0)
        }
    }

    private func largeWorld(_ root: URL) throws -> SmallWorld {
        let world = try SmallWorld(root)
        let levels = (0..<130).map { UInt8(60 + 8 * ($0 / 13 % 16)) }
        try world.write(
            Picture(pixels: HostArray(levels, shape: [10, 13, 1])).png(), "job/large.png")
        return world
    }

    @Test func `large pictures are compared with methods that need no windows`() throws {
        try withTemporaryDirectory { root in
            var world = try largeWorld(root)
            let job = Self.job("[{map: {steps: 2, windows: auto}}, bm3d, lasso]")
                .replacing("[a.png, b.png]", with: "large.png")
            let methods = try world.run(job).report.comparison
            #expect(methods.map { $0.images.first?.pictures.restored.width } == [13, 13, 13])
        }
    }

    @Test func `a method that cannot restore pictures of that size is named`() throws {
        try withTemporaryDirectory { root in
            var world = try largeWorld(root)
            let job = Self.job("[{map: {steps: 2, windows: auto}}, {bora: {steps: 2}}]")
                .replacing("[a.png, b.png]", with: "large.png")
            let error = try #require(
                #expect(throws: JobFault.self) { try world.run(job) })
            let start = "solver[1].bora: the prior tiny is for pictures of the shape [1, 8, 8]"
            #expect(error.message.hasPrefix(start), "\(error)")
            #expect(JobFailure(explaining: error).line == 5)
        }
    }

    @Test func `a model that a method needs and that is missing fails the job at once`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            var steps = 0
            #expect(throws: (any Error).self) {
                try world.run(Self.job("[bm3d, {unfolded: {model: none}}]")) { _ in steps += 1 }
            }
            #expect(steps == 0)
        }
    }

    @Test func `progress rises from nothing to all over the methods`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            var fractions: [Double] = []
            var pictures: [String] = []
            _ = try world.run(Self.job(Self.three)) { step in
                fractions.append(step.progress.fraction)
                pictures.append(step.progress.picture)
            }
            #expect(fractions == fractions.sorted())
            #expect((fractions.first ?? 1) < 0.2)
            #expect((fractions.last ?? 0) > 0.99)
            #expect(pictures.first == "a (map)" && pictures.last == "a (bora)")
        }
    }

    @Test func `whoever stops the work stops all methods`() throws {
        struct Stop: Error {}
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            #expect(throws: Stop.self) {
                try world.run(Self.job(Self.three)) { step in
                    if step.progress.fraction > 0.5 { throw Stop() }
                }
            }
            #expect(!world.exists("out/result.json"))
        }
    }

    @Test func `a job among others that are solved together compares its methods`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let orders = try [Self.job(Self.three), Self.job("{map: {steps: 4}}")].enumerated()
                .map { try world.order($1, number: $0) }
            var methods: [Int: Int] = [:]
            try world.restorer.restore(orders) { index, news in
                if case .finished(let outcome) = news {
                    methods[index] = outcome.report.comparison.count
                }
            }
            #expect(methods == [0: 3, 1: 0])
        }
    }
}
