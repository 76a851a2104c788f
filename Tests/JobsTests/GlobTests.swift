import Jobs
import Testing

@Suite struct GlobTests {
    @Test(arguments: [
        ("*.png", "a.png"), ("*", "a"), ("a*b*c", "axxbyyc"), ("?.png", "é.png"),
        ("[abc].png", "b.png"), ("[a-c].png", "b.png"), ("[!a-c].png", "d.png"),
        ("[]].png", "].png"), ("[a-].png", "-.png"), ("face-[0-9][0-9].jpg", "face-07.jpg"),
        ("a**b", "ab"), (".*", ".hidden"), ("faces/*.png", "a.png"),
    ])
    func `a pattern fits`(_ pattern: String, _ name: String) {
        #expect(Glob(pattern).matches(name))
    }

    @Test(arguments: [
        ("*.png", "a.jpg"), ("*.png", ".a.png"), ("?", ""), ("a", "ab"), ("[!a].png", "a.png"),
        ("[a-c].png", "d.png"), ("a*b", "abc"), ("[a", "a"), ("*.PNG", "a.png"), ("", "a"),
    ])
    func `a pattern does not fit`(_ pattern: String, _ name: String) {
        #expect(!Glob(pattern).matches(name))
    }

    @Test func `a pattern with many stars takes no longer than its length allows`() {
        let pattern = String(repeating: "*a", count: 100) + "b"
        #expect(!Glob(pattern).matches(String(repeating: "a", count: 2000)))
    }

    @Test func `a path is cut into folder and pattern`() {
        #expect(Glob("a/b/*.png").folder == "a/b")
        #expect(Glob("a/b/*.png").pattern == "*.png")
        #expect(Glob("*.png").folder == "")
        #expect(Glob("/*.png").folder == "/")
    }
}
