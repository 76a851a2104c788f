import Jobs
import Testing
import YAML

@Suite struct RuleTests {
    private struct Sample: Equatable {
        enum Shape: String, CaseIterable { case round, square }

        var count = 3
        var ratio: Double?
        var shape = Shape.round
        var name: String?
        var flag = false
    }

    private var rule: Rule<Sample> {
        .record(
            Sample(),
            [
                .constant("version", 2, "The version."),
                .required("count", \.count, .integer(in: 1...9), "How many."),
                .setting("ratio", \.ratio, .word("auto", or: .number(.above(0, to: 1))), "A part."),
                .setting("shape", \.shape, .word(Sample.Shape.self), "The shape."),
                .optional("name", \.name, .text("a name"), "What it is called."),
                .setting("flag", \.flag, .boolean, "Whether."),
            ], [.only("name", with: "flag")])
    }

    private func read(_ text: String) throws(JobError) -> Sample {
        try SpecReader(rule).read(Array(text.utf8), file: "f")
    }

    private func mistakes(_ text: String) -> [String] {
        do throws(JobError) {
            _ = try read(text)
            return []
        } catch {
            return error.issues.map(\.description)
        }
    }

    @Test func `a record takes its defaults for what is left out`() throws {
        #expect(try read("version: 2\ncount: 5\n") == Sample(count: 5))
        let all = try read(
            "version: 2\ncount: 5\nratio: 1\nshape: square\nflag: true\nname: x\n")
        #expect(all == Sample(count: 5, ratio: 1, shape: .square, name: "x", flag: true))
        #expect(try read("version: 2\ncount: 1\nratio: auto\n").ratio == nil)
    }

    @Test func `a record is written with all settings, without absent options`() {
        #expect(
            rule.write(Sample()) == [
                "version": 2, "count": 3, "ratio": "auto", "shape": "round", "flag": false,
            ])
    }

    @Test func `every mistake of a record is reported`() {
        #expect(
            mistakes("count: 0\nratio: 0\nshape: rund\nname: 5\nflg: true\nz: 1\n") == [
                "f:1:1: version is missing in the file; add version: 2",
                "f:1:8: count is 0; write a whole number from 1 to 9",
                "f:2:8: ratio is 0; write a number above 0 and at most 1, or auto",
                "f:3:8: shape is rund; did you mean round? It is one of round, square",
                "f:4:1: the file has name without flag; leave name out, or add flag",
                "f:4:7: name is 5; write a name",
                "f:5:1: unknown key flg in the file; did you mean flag?",
                "f:6:1: unknown key z in the file; leave it out; the keys are version, count, "
                    + "ratio, shape, name, flag",
            ])
    }

    @Test func `a mistake is told every word that would do`() {
        let rule = Rule<Double??>.word("usual", or: .word("auto", or: .number(.above(0, to: 1))))
        var context = ReadingContext()
        let root = YAMLDocument(reading: Array("beta: 0\n".utf8), file: "f").root
        let node = root?["beta"]
        _ = node.map { node in context.within(key: "beta") { rule.read(node, &$0) } }
        #expect(
            context.issues.map(\.remedy) == ["write a number above 0 and at most 1, auto or usual"])
    }

    @Test(arguments: ["0", "never", "[1]"])
    func `the weight of map is a number or one of two words`(_ beta: String) throws {
        let job = "version: 1\nimages: a.png\nprior: mnist\nsolver: {map: {beta: \(beta)}}\n"
        let reader = JobReader() { (_) throws(JobError) in [] }
        let error = #expect(throws: JobError.self) {
            try reader.read(Array(job.utf8), file: "f")
        }
        let hint = "write a number above 0 and at most 1000000000, auto or usual"
        #expect(error?.issues.first?.remedy == hint)
    }

    @Test func `the schema of a record has what reading demands`() {
        let schema = rule.schema
        #expect(schema["required"] == ["version", "count"])
        #expect(schema["properties"]?["count"]?["maximum"] == 9)
        #expect(schema["properties"]?["shape"]?["enum"] == ["round", "square"])
        #expect(schema["properties"]?["shape"]?["default"] == "round")
        #expect(schema["properties"]?["version"]?["const"] == 2)
        #expect(schema["allOf"] == [["dependencies": ["name": ["flag"]]]])
    }

    @Test(arguments: [
        ("std", ["std", "peak"], "std"), ("st", ["std", "peak"], "std"),
        ("amplitud", ["amplitude"], "amplitude"), ("perido", ["period"], "period"),
        ("AXIS", ["axis"], "axis"), ("sigma", ["std", "peak"], "std"),
        ("learning-rate", ["learning_rate"], "learning_rate"),
    ])
    func `the nearest word is suggested`(_ word: String, _ words: [String], _ nearest: String) {
        #expect(Suggestion.nearest(to: word, among: words) == nearest)
    }

    @Test func `nothing is suggested for a word that is near none`() {
        #expect(Suggestion.nearest(to: "color", among: ["std", "peak"]) == nil)
        let long = String(repeating: "a", count: 100_000)
        #expect(Suggestion.nearest(to: long, among: [long]) == nil)
    }
}
