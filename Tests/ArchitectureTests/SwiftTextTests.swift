import Testing

@Suite struct SwiftTextTests {
    @Test(arguments: [
        ("a // b", "a     "),
        ("a /* b /* c */ d */ e", "a                   e"),
        (#"f("x", 1)"#, #"f(" ", 1)"#),
        (#"f("a\"b")"#, #"f("    ")"#),
        (#""a\(g("b", (1)))c""#, #""  (g(" ", (1))) ""#),
        (##"#"a"b\(c)\#(d)"#"##, ##"#"         (d)"#"##),
        ("\"\"\"\n\"x\" // y\n\"\"\" z", "\"\"\"\n        \n\"\"\" z"),
        ("\"open\nnext()", "\"    \nnext()"),
    ])
    func `comments and texts become blanks`(_ text: String, _ code: String) {
        #expect(SwiftText(text).code == code)
    }
}
