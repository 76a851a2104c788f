import Testing

/// What holds for every Swift file, and that the rules notice when it does not.
@Suite(.timeLimit(.minutes(20))) struct SourceRuleTests {
    @Test func `libraries neither print nor trap`() throws {
        try ForbiddenCallRule().expectHolds()
    }

    @Test func `the rule notices printing and trapping in a library`() throws {
        let code = """
            // print("a comment")
            let text = "print(1) \\(try! value())"
            func show() { report.print(1) }
            func stop() { fatalError("no") }
            let number = value as! Int
            print(number)
            """
        try ForbiddenCallRule().expectViolations(
            in: ["Sources/Arrays/A.swift": code, "Sources/sluice/Main.swift": code],
            [
                "Sources/Arrays/A.swift:2: try!; throw an error instead",
                "Sources/Arrays/A.swift:4: fatalError(; throw an error instead",
                "Sources/Arrays/A.swift:5: as!; throw an error instead",
                "Sources/Arrays/A.swift:6: print(; throw an error instead",
            ])
    }

    @Test func `files and functions are short`() throws {
        try LengthRule().expectHolds()
    }

    @Test func `the rule notices a long file`() throws {
        let lines = String(repeating: "// A line.\n", count: 401)
        try LengthRule().expectViolations(
            in: ["Tests/ArraysTests/A.swift": lines],
            [
                "Tests/ArraysTests/A.swift: 401 lines; divide it"
            ])
        try LengthRule().expectViolations(
            in: ["Sources/Arrays/A.swift": String(lines.dropLast("// A line.\n".count))], [])
    }

    @Test func `the rule notices a long function among short ones`() throws {
        let body = String(repeating: "        call()\n", count: 58)
        let code = """
            protocol Short {
                func required() throws
            }
            struct Long: Short {
                func required(
                    _ first: Int
                ) throws {
            \(body)\
                    // A line more than allowed.
                }
                init() {
            \(body)\
                }
            }
            """
        try LengthRule().expectViolations(
            in: ["Sources/Arrays/Long.swift": code],
            [
                "Sources/Arrays/Long.swift:5: a function of 63 lines; divide it"
            ])
    }

    @Test func `names say what things are`() throws {
        try NameRule().expectHolds()
    }

    @Test func `the rule notices empty words in names`() throws {
        let files = [
            "Sources/Arrays/Utils/A.swift": "struct A {}",
            "Sources/Arrays/Database.swift": "/// Helper of class FileManager.\nstruct Database {}",
            "Sources/Arrays/B.swift": "final class ImageManager {}",
        ]
        try NameRule().expectViolations(
            in: files,
            [
                "Sources/Arrays/B.swift: Manager in ImageManager; say what it is",
                "Sources/Arrays/Utils/A.swift: Utils in Utils; say what it is",
            ])
    }

    @Test func `every conformer is checked by its laws`() throws {
        try ConformerRule().expectHolds()
    }

    @Test func `the rule notices a conformer that no law checks`() throws {
        let sources = """
            package protocol NoiseModel {}
            package protocol SmoothNoise: NoiseModel {}
            package struct Listed: SmoothNoise {}
            package struct Generic<Element>: Sendable, NoiseModel where Element: Sendable {}
            private struct Detail: NoiseModel {}
            package struct Forgotten {}
            extension Forgotten: NoiseModel {
            }
            """
        let tests = """
            // Forgotten is only mentioned.
            @Suite struct NoiseTests {
                let cases = [Case("Listed, with a name") { NoiseModelLaws(make($0)) }]
            }
            """
        let files = [
            "Sources/Physics/A.swift": sources, "Tests/PhysicsTests/A.swift": tests,
            "Tests/PhysicsTests/B.swift": "@Test func other() { _ = Forgotten() }",
        ]
        let rest = "is a NoiseModel that [\"NoiseModelLaws\"] does not check"
        try ConformerRule().expectViolations(
            in: files,
            [
                "Sources/Physics/A.swift: Generic \(rest)",
                "Sources/Physics/A.swift: Forgotten \(rest)",
            ])
    }
}
