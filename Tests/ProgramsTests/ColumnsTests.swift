import Programs
import Testing

@Suite struct ColumnsTests {
    @Test(arguments: [
        ("", 0), ("face.png", 8), ("Größe", 5), ("画像", 4), ("한국어", 6), ("ＡＢ", 4), ("ｱｲ", 2),
        ("😀", 2), ("☔", 2), ("█░…‘’", 5), ("e\u{301}", 1), ("\u{200B}\u{FEFF}", 0),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{20000}", 2), ("a\u{AD}b", 3),
    ])
    func `letters take as many columns as terminals give them`(_ text: String, _ columns: Int) {
        #expect(text.columns == columns)
    }

    @Test func `where terminals differ the larger number counts`() {
        // A heart that is a letter on some terminals and a picture on others; a family of three.
        #expect("\u{2764}\u{FE0F}".columns == 2)
        #expect("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}".columns == 6)
    }

    @Test func `a beginning takes no more columns than asked for`() {
        #expect("画像.png".prefix(columns: 3) == "画")
        #expect("画像.png".prefix(columns: 4) == "画像")
        #expect("e\u{301}t".prefix(columns: 1) == "e\u{301}")
        #expect("abc".prefix(columns: 0) == "")
        #expect("abc".prefix(columns: 9) == "abc")
    }
}
