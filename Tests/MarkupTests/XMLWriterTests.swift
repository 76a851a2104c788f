import Foundation
import FoundationXML
import Markup
import Testing

@Suite struct XMLWriterTests {
    @Test func `text is never markup`() {
        var writer = XMLWriter()
        writer.element("a", ["href": "x\" onclick='y"], text: "<i> & \"q\"")
        #expect(
            writer.output
                == "<a href=\"x&quot; onclick=&#39;y\">&lt;i&gt; &amp; &quot;q&quot;</a>")
    }

    @Test func `control characters become what may be shown, and lines stay lines`() {
        #expect(
            XMLWriter.escaped("a\u{0}b\u{1B}c\u{7F}\u{FFFF}")
                == "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}")
        #expect(XMLWriter.escaped("a\tb\r\nc") == "a\tb\r\nc")
    }

    @Test(arguments: [0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069] as [UInt32])
    func `what turns the direction of text is spelled out`(_ value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let text = XMLWriter.escaped("a\(scalar)gpj.yaml")
        let digits = String(value, radix: 16, uppercase: true)
        #expect(
            text == "a\\u{" + String(repeating: "0", count: 4 - digits.count) + digits + "}gpj.yaml"
        )
        // Letters that run from right to left stay.
        #expect(XMLWriter.escaped("שלום") == "שלום")
    }

    @Test func `every scalar gives well-formed markup`() {
        for value in UInt32(0)..<0x300 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var writer = XMLWriter()
            let text = String(Character(scalar))
            writer.element("p", ["title": text]) { content in
                content.text(text)
                content.empty("br")
            }
            #expect(XMLParser(data: Data(writer.output.utf8)).parse(), "\(value)")
        }
    }

    @Test func `the parser notices text that was not escaped`() {
        var writer = XMLWriter()
        writer.element("p") { $0.markup("a < b") }
        #expect(!XMLParser(data: Data(writer.output.utf8)).parse())
    }
}
