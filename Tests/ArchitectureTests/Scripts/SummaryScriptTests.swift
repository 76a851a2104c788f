import Testing

@Suite(.timeLimit(.minutes(20))) struct SummaryScriptTests {
    private func summary(_ log: String) throws -> (status: Int32, lines: [Substring]) {
        try withTree(["log": log]) { tree in
            let outcome = try Script("Scripts/test-summary", in: tree).run(["log"])
            return (outcome.status, outcome.output.split(separator: "\n"))
        }
    }

    private let passing = """
        ✔ Test "texts that say: Test run" passed after 0.001 seconds.
        ◇ Test case passing 1 argument i → 1 to "cases" started.
        ✔ Test "cases" with 2 test cases passed after 0.001 seconds.
        ━ Test "a twin" passed after 0.001 seconds with 1 known issue.
        ➜ Suite Off skipped: "no data"
        ➜ Test "of data" skipped: "no data"
        ➜ Test silent() skipped.
        ✔ Suite On passed after 0.001 seconds.

        """
    private let closing = "✔ Test run with 5 tests in 2 suites passed after 0.001 seconds.\n"

    @Test func `the last line counts the tests`() throws {
        let (status, lines) = try summary(passing + closing)
        #expect(status == 0)
        #expect(lines.suffix(2) == [closing.dropLast(), "3 passed, 0 failed, 2 skipped"])
    }

    @Test func `failures are named again`() throws {
        let failure = "✘ Test \"fails\" with 2 test cases failed after 0.001 seconds with 1 issue."
        let (status, lines) = try summary("\(failure)\n" + passing + closing)
        #expect(status == 1)
        #expect(lines.first == failure[...])
        #expect(lines.last == "3 passed, 1 failed, 2 skipped")
    }

    @Test func `a run that broke off has failed`() throws {
        let (status, lines) = try summary(passing)
        #expect(status == 1)
        #expect(lines == ["The test run broke off.", "3 passed, 0 failed, 2 skipped"])
    }

    @Test func `of two runs, none may break off`() throws {
        let begin = "◇ Test run started.\n"
        let both = try summary(begin + passing + closing + begin + passing + closing)
        #expect(both.status == 0)
        #expect(both.lines.last == "6 passed, 0 failed, 4 skipped")
        for log in [begin + passing + begin + passing + closing, begin + closing + begin] {
            let (status, lines) = try summary(log)
            #expect(status == 1)
            #expect(lines.contains("The test run broke off."))
        }
    }

    @Test func `a run without tests has failed`() throws {
        let (status, lines) = try summary("✔ Test run with 0 tests passed after 0.001 seconds.\n")
        #expect(status == 1)
        #expect(lines.last == "0 passed, 0 failed, 0 skipped")
    }
}
