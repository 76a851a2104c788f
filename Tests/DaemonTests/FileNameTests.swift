import Daemon
import Jobs
import Testing

@Suite struct FileNameTests {
    @Test(arguments: [
        ("job", "job"), ("-rf", "_rf"), ("a\nb", "a_b"), ("", "job"), ("..", "_."),
        ("\u{1B}[31m", "_[31m"), ("grün", "grün"), ("a\u{202E}gpj", "a_gpj"),
        ("a\u{2066}b\u{200F}", "a_b_"), ("שלום", "שלום"),
        ("a\u{2028}b\u{2029}", "a_b_"), ("-\u{301}x", "_\u{301}x"), (".\u{301}x", "_\u{301}x"),
        ("\r\n-", "__-"),
    ])
    func `a name is made fit for every tool`(_ name: String, _ expected: String) {
        #expect(FileName(name).portable == expected)
    }

    @Test func `whatever the name, the result is found again`() {
        let id = "20260131-235959-3f9a0c"
        for value in (1...0x2100).map(UInt32.init) + [0xE0001, 0xFFFD, 0xFEFF] {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for name in ["\(scalar)x", "a\(scalar)b", "\(scalar)", "-\(scalar)", ".\(scalar)"] {
                let portable = FileName(name).portable
                #expect(ResultName("\(portable)--\(id).failed")?.name.text == portable)
            }
        }
    }

    @Test func `a name that is not UTF-8 or very long is made fit too`() {
        #expect(FileName(bytes: [0x61, 0xFF, 0x62]).portable == "a_b")
        #expect(FileName(bytes: [0x61, 0xFF]).exactText == nil)
        #expect(FileName(String(repeating: "ä", count: 125)).portable.utf8.count == 180)
    }

    @Test func `job files are told by their extension`() {
        #expect(FileName("a.yaml").jobStem == FileName("a"))
        #expect(FileName("a.b.yml").jobStem == FileName("a.b"))
        #expect(FileName(".yaml").jobStem == nil)
        #expect(FileName("UPPER.YAML").jobStem == FileName("UPPER"))
        #expect(FileName("a.Yml").jobStem == FileName("a"))
        #expect(Submission(name: FileName("B.YML"), isFolder: false).jobName == FileName("B"))
        #expect(FileName("a.json").jobStem == nil)
        #expect(FileName(".YAML").jobStem == nil)
        #expect(FileName("a\u{0E}yaml").jobStem == nil)
    }

    @Test(arguments: ["", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a\0b"])
    func `a path cannot climb out`(_ path: String) {
        #expect(Layout.inbox.beneath(path) == nil)
    }

    @Test func `a path lies beneath its folder`() {
        #expect(Layout.inbox.beneath("a/b.png") == Layout.inbox / "a" / "b.png")
        #expect((Layout.inbox / "a" / "b").ancestors == [Layout.inbox, Layout.inbox / "a"])
    }
}
