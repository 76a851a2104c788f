import Testing
import YAML

@Suite struct YAMLValueTests {
    /// The value that a tree stands for, where texts are quoted or could be nothing else.
    private func value(_ node: YAMLNode) -> YAMLValue {
        switch node.content {
        case .refused: .null
        case .sequence(let elements): .sequence(elements.map(value))
        case .mapping(let entries):
            .mapping(entries.map { YAMLValue.Field($0.key, value($0.value)) })
        case .scalar(let scalar): value(scalar)
        }
    }

    private func value(_ scalar: YAMLScalar) -> YAMLValue {
        if let text = scalar.string { return .text(text) }
        if let boolean = scalar.boolean { return .boolean(boolean) }
        if let integer = scalar.integer(as: Int.self) { return .integer(integer) }
        if let unsigned = scalar.integer(as: UInt64.self) { return .unsigned(unsigned) }
        return scalar.number.map(YAMLValue.number) ?? .null
    }

    private func random(_ depth: Int, _ generator: inout SplitMix) -> YAMLValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &generator) {
        case 0: .null
        case 1: .boolean(.random(using: &generator))
        case 2: .integer(Int(truncatingIfNeeded: generator.next()))
        case 3: .unsigned(UInt64(Int.max) + 1 + generator.next() % 1000)
        case 4: .number(Double.random(in: 0...1, using: &generator) * 1e-7 + 1e-9)
        case 5: .text(text(&generator))
        case 6, 7: .mapping(fields(depth, &generator))
        default:
            .sequence(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                    random(depth - 1, &generator)
                })
        }
    }

    private func fields(_ depth: Int, _ generator: inout SplitMix) -> [YAMLValue.Field] {
        (0..<Int.random(in: 0...4, using: &generator)).map { index in
            YAMLValue.Field("k\(index)" + text(&generator), random(depth - 1, &generator))
        }
    }

    private func text(_ generator: inout SplitMix) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "b", "Z", "5", " ", ":", "#", "-", "'", "\"", "\\", "\n", "\t", "\r", "{", "]",
            "&", "*", "%", "é", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{1F600}", "\u{0}", "\u{7F}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            text.append(scalars.randomElement(using: &generator) ?? "a")
        }
        return String(text)
    }

    /// Expects that `value` comes back from what `write` makes of it.
    private func expectRoundTrip(
        _ original: YAMLValue, _ write: (YAMLValue) -> String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let text = write(original)
        let document = YAMLDocument(reading: Array(text.utf8), file: "f")
        #expect(document.issues.isEmpty, "\(text)", sourceLocation: sourceLocation)
        #expect(document.root.map(value) == original, "\(text)", sourceLocation: sourceLocation)
    }

    @Test func `what is written as YAML is read back`() {
        var generator = SplitMix(seed: 7)
        for _ in 0..<1000 { expectRoundTrip(random(4, &generator), \.yaml) }
    }

    @Test func `what is written as JSON is read back, for JSON is YAML`() {
        var generator = SplitMix(seed: 8)
        for _ in 0..<1000 { expectRoundTrip(random(4, &generator), \.json) }
    }

    @Test func `the law notices a writer that forgets quotes`() {
        withKnownIssue {
            expectRoundTrip(["a": "5"]) { $0["a"] == "5" ? "a: 5\n" : $0.yaml }
        }
    }

    @Test(arguments: ["true", "No", "y", "null", "5", "1e3", "", "a: b", "- a", " a", "0x1f"])
    func `a text that reads as something else is quoted`(_ text: String) {
        #expect(YAMLValue.text(text).yaml == "\"\(text)\"\n")
    }

    @Test func `long values are laid out in blocks`() {
        let value: YAMLValue = [
            "version": 1,
            "noise": ["sine": ["amplitude": .number(0.1), "period": .number(16)]],
            "long": [
                "first": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "second": ["bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "c"],
            ],
        ]
        #expect(
            value.yaml == """
                version: 1
                noise: {sine: {amplitude: 0.1, period: 16}}
                long:
                  first: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                  second: [bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, c]

                """)
    }

    @Test func `numbers are written as they are shortest`() {
        #expect(YAMLValue.number(16).yaml == "16\n")
        #expect(YAMLValue.number(0.1).json == "0.1\n")
        #expect(YAMLValue.number(-0.0).yaml == "-0.0\n")
        #expect(YAMLValue.number(.nan).json == "null\n")
    }
}
