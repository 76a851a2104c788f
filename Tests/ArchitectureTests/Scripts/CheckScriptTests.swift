import Foundation
import Testing

@Suite(.timeLimit(.minutes(20))) struct CheckScriptTests {
    private func check(_ files: [String: String]) throws -> Script.Outcome {
        try withTree(files) { tree in
            try FileManager.default.copyItem(
                at: Tree.repository.url(".swift-format"), to: tree.url(".swift-format"))
            return try Script("Scripts/check", in: tree).run()
        }
    }

    @Test func `a good tree passes`() throws {
        let outcome = try check([
            "Package.swift": "let package = 1\n",
            "Sources/Arrays/A.swift": "/// TODO #12: prints nothing.\nlet text = 1\n",
            "Sources/sluice/Main.swift": "print(1)\n", "Tests/ArraysTests/A.swift": "let a = 1\n",
        ])
        #expect(outcome.status == 0)
        #expect(outcome.output == "check: all is well\n")
    }

    @Test(arguments: [
        ("let a   = 1", "Sources/Arrays/A.swift:1:6: error"),
        ("// A line.\nprint(1)", "Sources/Arrays/A.swift:2: libraries print nothing"),
        ("let a = b as! Int", "Sources/Arrays/A.swift:1: libraries print nothing"),
        ("// TO" + "DO: later", "Sources/Arrays/A.swift:1: no TO" + "DO"),
        ("let a = \"/ho" + "me/me\"", "Sources/Arrays/A.swift:1: a path of one machine"),
        ("// A long file.", "Sources/Arrays/A.swift: more than 400"),
    ])
    func `a bad tree fails`(_ code: String, _ message: String) throws {
        let isLong = message.contains("400")
        let code = isLong ? String(repeating: code + "\n", count: 401) : code
        let outcome = try check([
            "Package.swift": "let package = 1\n", "Tests/ArraysTests/A.swift": "let a = 1\n",
            "Sources/Arrays/A.swift": code + "\n",
        ])
        #expect(outcome.status == 1)
        #expect((outcome.output + outcome.errors).contains(message))
        #expect(!outcome.output.contains("all is well"))
    }

    @Test func `an empty tree fails`() throws {
        #expect(try check([:]).status == 66)
    }
}
