import Jobs
import Testing

@Suite struct PathTextTests {
    @Test(
        arguments: [
            (Array("sub/grün ☕.png".utf8), "sub/grün ☕.png"),
            ([0x63, 0x61, 0x66, 0xE9, 0x2F, 0x70], #"caf\xE9/p"#),
            ([0xC3, 0x28, 0xE2, 0x82], #"\xC3(\xE2\x82"#),
            (Array(#"a\xE9b\"#.utf8), #"a\x5CxE9b\x5C"#),
            ([0x0A, 0x01], "\n\u{1}"),
        ] as [([UInt8], String)])
    func `a path keeps its bytes`(_ bytes: [UInt8], _ text: String) {
        #expect(PathText(bytes: bytes).text == text)
        #expect(PathText(text).bytes == bytes)
    }

    @Test func `every byte but zero comes back`() {
        let bytes = [UInt8](1...255) + [0xF0, 0x9F, 0x98, 0x80, 0xED, 0xA0, 0x80]
        #expect(PathText(PathText(bytes: bytes).text).bytes == bytes)
    }

    @Test(arguments: ["a\\", #"\x"#, #"\x4"#, #"\xG0"#, #"\n"#])
    func `a backslash that begins nothing stands for itself`(_ text: String) {
        #expect(PathText(text).bytes == Array(text.utf8))
    }
}
