import Arrays
import Foundation
import Jobs
import Pipeline
import Reports
import TestSupport
import Testing

@Suite struct ExperimentRunnerTests {
    /// The law of resuming: a cell that is there is not computed, nor written, once more.
    ///
    /// A file that is written anew is another file on the disk, even with the same content.
    private func expectKept(
        _ before: [String: Int], in experiment: SmallExperiment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let after = try experiment.cells()
        for (name, file) in before {
            #expect(after[name] == file, "\(name)", sourceLocation: sourceLocation)
        }
    }

    @Test func `every method at every setting on every picture gives a row and a cell`() throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            let outcome = try experiment.run()
            #expect(outcome.failure == nil)
            #expect(outcome.report.rows.count == 8)
            #expect(outcome.report.rows.allSatisfy { $0.score.psnr.isFinite && $0.seconds > 0 })
            #expect(try experiment.cells().count == 8)
            for name in [
                "results.csv", "summary.json", "report.html", "experiment.resolved.yaml",
            ] {
                #expect(experiment.world.exists("results/\(name)"), "\(name)")
            }
            let block = try #require(outcome.report.blocks.first)
            #expect(block.pictures.map(\.name) == ["a.png", "b.png"])
            #expect(block.pictures.allSatisfy { $0.truth != nil && $0.measurement != nil })
            #expect(block.pictures.allSatisfy { $0.restored.compactMap(\.picture).count == 2 })
        }
    }

    @Test func `an interrupted run goes on with what is missing`() throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            #expect(throws: SmallExperiment.Enough.self) { try experiment.run(stopAt: 3) }
            let before = try experiment.cells()
            #expect(before.count == 3)
            let outcome = try experiment.run()
            #expect(outcome.report.rows.count == 8)
            #expect(try experiment.cells().count == 8)
            try expectKept(before, in: experiment)
            let whole = try experiment.run(output: "\(experiment.world.root)/other").report
            for (row, other) in zip(outcome.report.rows, whole.rows) {
                #expect(abs(row.score.psnr - other.score.psnr) < 1e-3)
            }
        }
    }

    @Test func `a run that does not look what is there breaks the law of resuming`() throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            try experiment.run(limit: 1)
            let before = try experiment.cells()
            try experiment.run(isFresh: true)
            withKnownIssue { try expectKept(before, in: experiment) }
        }
    }

    @Test func `what is shared with a method that is not carried out is computed anew`() throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            let text = SmallExperiment.text.replacing("steps: 6", with: "steps: 4")
            try experiment.run(text)
            let before = try experiment.cells()
            try experiment.run(text, methods: ["longer"], isFresh: true)
            let after = try experiment.cells()
            #expect(before.keys.sorted() == after.keys.sorted())
            #expect(before.allSatisfy { after[$0] != $1 })
        }
    }

    @Test func `a longer run uses what a limited one has found`() throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            #expect(try experiment.run(limit: 1).report.rows.count == 4)
            let before = try experiment.cells()
            #expect(before.count == 4)
            let text = SmallExperiment.text.replacing("batch: 1\n", with: "")
            let outcome = try experiment.run(text)
            #expect(outcome.report.rows.count == 8)
            try expectKept(before, in: experiment)
            // What a picture is measured as depends on no other picture.
            let whole = try experiment.run(text, output: "\(experiment.world.root)/other").report
            for (row, other) in zip(outcome.report.rows, whole.rows) {
                #expect(row.score.psnrInput == other.score.psnrInput)
                #expect(abs(row.score.psnr - other.score.psnr) < 1e-3)
            }
        }
    }

    @Test(arguments: [
        ("seed: 7", "seed: 8"), ("steps: 4", "steps: 5"), ("values: [0.1", "values: [0.15"),
        ("period: 4", "period: 5"), ("[a.png, b.png]", "[b.png, a.png]"),
    ])
    func `a setting that matters gives other cells`(_ old: String, _ new: String) throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            try experiment.run()
            let before = try experiment.cells()
            try experiment.run(SmallExperiment.text.replacing(old, with: new))
            #expect(try experiment.cells().count > before.count)
        }
    }

    @Test(arguments: [
        ("title: Stripes", "title: Waves"), ("name: longer", "name: long"),
        ("batch: 1", "batch: 2"),
        ("name: smooth", "name: soft"), ("values: [0.1, 0.2]", "values: [0.2, 0.1], label: c"),
    ])
    func `a setting that does not matter gives none`(_ old: String, _ new: String) throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            try experiment.run()
            let before = try experiment.cells()
            try experiment.run(SmallExperiment.text.replacing(old, with: new))
            #expect(try experiment.cells() == before)
        }
    }

    @Test func `another picture, another model or a damaged cell is noticed`() throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            try experiment.run()
            let first = try experiment.cells()
            try experiment.world.write(experiment.world.bytes("job/b.png"), "job/a.png")
            try experiment.run()
            #expect(try experiment.cells().count == first.count + 4)

            let name = "Models/tiny/model.json"
            let card = try experiment.world.text(name).replacing("1.5", with: "1.75")
            try experiment.world.write(Array(card.utf8), name)
            try experiment.run()
            let third = try experiment.cells()
            #expect(third.count == first.count + 4 + 8)

            let damaged = "{\"psnr\": 1"
            for cell in third.keys {
                try experiment.world.write(Array(damaged.utf8), "results/cells/\(cell)")
            }
            #expect(try experiment.run().report.rows.allSatisfy { $0.score.psnr > 1 })
            // By their contents: a new file may have the number of one that is gone.
            let whole = try third.keys.filter {
                try experiment.world.text("results/cells/\($0)") != damaged
            }
            #expect(whole.count == 8)
        }
    }

    @Test func `only some methods are carried out when so asked`() throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            let report = try experiment.run(methods: ["longer"]).report
            #expect(Set(report.rows.map(\.method)) == [1])
            #expect(report.isPartial)
            try experiment.run(methods: ["MAP"])
            let both = try experiment.run(methods: ["longer"]).report
            #expect(both.rows.count == 8 && !both.isPartial)
        }
    }

    @Test func `a method that fails is reported, and the others go on`() throws {
        try withTemporaryDirectory { root in
            let experiment = try SmallExperiment(root)
            let text = SmallExperiment.text.replacing(
                "name: MAP,", with: "name: MAP, prior: nowhere,")
            let outcome = try experiment.run(text)
            #expect(outcome.report.rows.map(\.method) == [1, 1, 1, 1])
            #expect(outcome.report.failures.count == 2)
            #expect(outcome.report.failureLines.first?.contains("no such model") == true)
            #expect(outcome.failure != nil)
            #expect(try experiment.run().failure == nil)
        }
    }

    @Test func `methods at one setting see the same measurement`() throws {
        try withTemporaryDirectory { root in
            let report = try SmallExperiment(root).run().report
            for amount in [0.1, 0.2] {
                for number in 0..<2 {
                    let own = report.rows.filter { $0.amount == amount && $0.number == number }
                    #expect(own.count == 2)
                    #expect(Set(own.map(\.score.psnrInput)).count == 1)
                }
            }
        }
    }
}
