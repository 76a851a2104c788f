import Foundation
import FoundationXML

/// A document as a strict XML parser sees it.
final class ParsedXML: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        /// The names of the elements around it, outermost first.
        let path: [String]
        var text = ""
    }

    struct Malformed: Error {
        let line: Int
        let reason: String
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    /// Reads `text` to its end.
    ///
    /// - Throws: `Malformed` when it is not well-formed.
    init(_ text: String) throws {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        guard parser.parse() else {
            let reason = parser.parserError.map { "\($0)" } ?? "unknown"
            throw Malformed(line: parser.lineNumber, reason: reason)
        }
    }

    subscript(name: String) -> [Element] {
        elements.filter { $0.name == name }
    }

    func with(id: String) -> Element? {
        elements.first { $0.attributes["id"] == id }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        let path = open.map { elements[$0].name }
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes, path: path))
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        open.removeLast()
    }

    /// Text counts for the element that it is in and for all around that.
    func parser(_ parser: XMLParser, foundCharacters text: String) {
        for index in open { elements[index].text += text }
    }
}
