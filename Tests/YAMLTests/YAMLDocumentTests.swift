import Testing
import YAML

@Suite struct YAMLDocumentTests {
    private func document(_ text: String) -> YAMLDocument {
        YAMLDocument(reading: Array(text.utf8), file: "f")
    }

    private func issues(_ text: String) -> [String] {
        document(text).issues.map(\.description)
    }

    @Test func `every node knows its line and column`() throws {
        let root = try #require(document("a: 1\nb:\n  - x\n  - {c: 'é', d: \"q\"}\n").root)
        let list = try #require(root["b"])
        #expect(list.position == YAMLPosition(file: "f", line: 3, column: 3))
        let mapping = try #require(list.elements?[1])
        #expect(mapping["c"]?.position == YAMLPosition(file: "f", line: 4, column: 9))
        #expect(mapping.entries?[1].position == YAMLPosition(file: "f", line: 4, column: 14))
        #expect(mapping["c"]?.scalar == YAMLScalar("é", isPlain: false))
        #expect(root["a"]?.scalar == YAMLScalar("1", isPlain: true))
        #expect(root["z"] == nil)
    }

    @Test(arguments: ["", "\u{FEFF}"], ["\n", "\r\n"])
    func `byte order marks and line ends of Windows change nothing`(mark: String, end: String) {
        let plain = document("a: 1\nb: [x]\n")
        let other = document(mark + "a: 1" + end + "b: [x]" + end)
        #expect(other.issues.isEmpty)
        #expect(other.root == plain.root)
    }

    @Test func `all refusals of a file are reported`() {
        let found = issues("a: &x 1\nb: *x\na: 2\nc: !!str d\n? [k]\n: v\n\"\": w\n")
        #expect(
            found == [
                "f:1:4: anchors (&name) are not read; write the value where it is used",
                "f:2:4: aliases (*name) are not read; write the value out",
                "f:3:1: the key a stands here again; keep it once; line 1 has it first",
                "f:4:4: tags (!name) are not read; leave the tag out",
                "f:5:3: a list or mapping stands as a key; write a word as the key",
                "f:7:1: a key is missing before the colon; write key: value",
            ])
    }

    @Test func `a key that stands twice keeps its first value`() {
        #expect(document("a: 1\na: 2\n").root?["a"]?.scalar?.text == "1")
    }

    @Test(
        arguments: [
            ("a:\n\tb: 1\n", "f:2:1: a tab stands where a value begins; indent with spaces"),
            ("a: @b\n", "f:1:4: the character @ cannot begin a value; put the text in quotes"),
            ("a: [1, 2\nb: 3\n", "f:2:2: did not find expected ',' or ']'; close the list with ]"),
            (
                "a: 1\n---\nb: 2\n",
                "f:2:1: a second document begins here; put it into a file of its own"
            ),
            (
                "a: \u{1}\n",
                "f:1:4: the control character U+0001 stands here; "
                    + "remove it, or write it as an escape in double quotes"
            ),
        ])
    func `what is no YAML is explained`(_ text: String, _ message: String) {
        #expect(issues(text) == [message])
        #expect(document(text).root == nil)
    }

    @Test func `bytes that are not UTF-8 are located`() {
        let document = YAMLDocument(reading: Array("a: é".utf8) + [0xFF], file: "f")
        #expect(document.issues.first?.position == YAMLPosition(file: "f", line: 1, column: 5))
        let wide = YAMLDocument(reading: [0xFF, 0xFE, 0x61, 0], file: "f")
        #expect(wide.issues.map(\.problem) == ["the file is in UTF-16"])
    }

    @Test func `nothing is no tree and no mistake`() {
        #expect(document("# only a comment\n").root == nil)
        #expect(document("").issues.isEmpty)
    }

    @Test func `a file of 10 MB is refused unread`() {
        let large = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000_000)
        let issues = YAMLDocument(reading: large, file: "f").issues
        #expect(issues.map(\.problem) == ["the file is larger than 256 KiB"])
    }

    @Test func `exactly 256 KiB are read`() {
        let text = "a: \"" + String(repeating: "b", count: 256 * 1024 - 5) + "\""
        #expect(document(text).issues.isEmpty)
        #expect(document(text + " ").issues.count == 1)
    }

    @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", "")])
    func `more than 64 levels are refused`(open: String, close: String) {
        func nested(_ count: Int) -> String {
            String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
        }
        #expect(document(nested(64)).issues.isEmpty)
        #expect(document(nested(65)).issues.first?.problem.contains("nested deeper") == true)
        #expect(document(nested(50_000)).issues.count == 1)
    }

    @Test func `a bomb of aliases is refused without growing`() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...200 {
            text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        let bomb = document(text)
        #expect(bomb.root == nil)
        #expect(bomb.issues.count == 101)
        #expect(bomb.issues.last?.problem == "there are more mistakes")
    }

    @Test func `seeded damage never does more than give issues`() {
        var generator = SplitMix(seed: 1)
        let text = Array("a: [1, {b: \"c\\n\"}]\nd:\n  - &e >\n    text\n  - *e\n...\n".utf8)
        for _ in 0..<5000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[place], at: 0)
                }
            }
            let document = YAMLDocument(reading: bytes, file: "f")
            #expect(document.root != nil || document.issues.count < 102)
        }
    }
}
