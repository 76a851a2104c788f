import Programs
import Testing

@Suite struct ProgressLineTests {
    /// What a line writes while `body` works.
    private func written(
        isTerminal: Bool, unit: String = "pictures", _ body: (inout ProgressLine) -> Void
    ) -> String {
        var text = ""
        var line = ProgressLine("work", unit: unit, isTerminal: isTerminal) { text += $0 }
        body(&line)
        return text
    }

    @Test func `without a terminal there is a line for every tenth`() {
        let text = written(isTerminal: false) { line in
            for done in 0...40 { line.show(done, of: 40) }
            line.clear()
        }
        let lines = text.split(separator: "\n")
        #expect(lines.count == 10)
        #expect(lines[0].hasPrefix("work: 10 %, 4 of 40 pictures"))
        #expect(lines[9].hasPrefix("work: 100 %, 40 of 40 pictures"))
        #expect(!text.contains("\u{1B}"))
    }

    @Test func `on a terminal a bar is drawn over itself and removed`() {
        let text = written(isTerminal: true) { line in
            line.show(0.5, summary: "half", secondsLeft: 61)
            line.show(1, summary: "all", secondsLeft: 0)
            line.clear()
        }
        let bars = text.components("\r\u{1B}[K")
        #expect(bars.count == 4)
        #expect(bars[1].hasPrefix("work [" + String(repeating: "#", count: 15) + "."))
        #expect(bars[1].hasSuffix("half, 1 min 1 s left"))
        #expect(bars[2].hasSuffix("] all"))
        #expect(bars[3].isEmpty)
    }

    @Test func `a bar is not drawn more often than one can see`() {
        let text = written(isTerminal: true) { line in
            for step in 0..<1000 { line.show(Double(step) / 1001, summary: "", secondsLeft: nil) }
        }
        #expect(text.components("\r").count < 100)
    }

    @Test(arguments: [
        (0.2, ", 0 min 1 s left"), (59.5, ", 1 min 0 s left"), (3599, ", 59 min 59 s left"),
        (3600, ", 1 h 0 min left"), (100_000, ", 27 h 46 min left"), (-1, ""), (.infinity, ""),
        (.nan, ""),
    ])
    func `times are written so that one can read them`(_ seconds: Double, _ text: String) {
        let line = written(isTerminal: false) { $0.show(0.5, summary: "x", secondsLeft: seconds) }
        #expect(line == "work: 50 %, x\(text)\n")
    }

    @Test(arguments: [-1, 2, .infinity])
    func `parts outside the whole do no harm`(_ fraction: Double) {
        let text = written(isTerminal: true) { $0.show(fraction, summary: "x", secondsLeft: nil) }
        #expect(text.contains("[" + String(repeating: fraction < 0 ? "." : "#", count: 30)))
    }
}

extension String {
    /// The parts between occurrences of `separator`.
    fileprivate func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = Substring(self)
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
