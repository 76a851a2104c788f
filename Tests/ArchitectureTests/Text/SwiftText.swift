/// A Swift file without what is no code.
///
/// Comments and the text of string literals are blanks, so that lines and columns stay where they
/// are. Interpolated expressions are code.
struct SwiftText {
    let code: String

    var lines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The identifiers and numbers, in order.
    var words: [Substring] { Self.words(of: code) }

    static func words(of text: String) -> [Substring] {
        text.utf8.split { byte in
            !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_")
                || byte >= 0x80)
        }.map { Substring($0) }
    }

    init(_ text: String) {
        var scanner = SwiftScanner(text)
        code = scanner.scan()
    }
}

/// Walks through Swift text once.
private struct SwiftScanner {
    private enum Place {
        /// Code, with the number of parentheses that are open in an interpolation.
        case code(open: Int)
        case lineComment
        case blockComment
        case string(hashes: Int, isMultiline: Bool)
    }

    private let bytes: [UInt8]
    private var position = 0
    private var output: [UInt8] = []
    private var places = [Place.code(open: 0)]

    init(_ text: String) {
        bytes = Array(text.utf8)
        output.reserveCapacity(bytes.count)
    }

    mutating func scan() -> String {
        while position < bytes.count {
            switch places.last {
            case .code(let open): code(open: open)
            case .lineComment: lineComment()
            case .blockComment: blockComment()
            case .string(let hashes, let isMultiline): string(hashes, isMultiline)
            case nil: places = [.code(open: 0)]
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private func isNext(_ text: String, after offset: Int = 0) -> Bool {
        bytes.dropFirst(position + offset).starts(with: text.utf8)
    }

    /// What may begin something else than more of the same code.
    private static let marks = Set("/\"#()".utf8)

    private mutating func copy(_ count: Int = 1) {
        output += bytes[position..<min(position + count, bytes.count)]
        position += count
    }

    private mutating func blank(_ count: Int = 1) {
        for byte in bytes[position..<min(position + count, bytes.count)] {
            output.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
        }
        position += count
    }

    private mutating func code(open: Int) {
        if !Self.marks.contains(bytes[position]) {
            copy()
        } else if isNext("//") {
            places.append(.lineComment)
        } else if isNext("/*") {
            places.append(.blockComment)
            blank(2)
        } else if let hashes = openingQuote() {
            let isMultiline = isNext("\"\"\"", after: hashes)
            places.append(.string(hashes: hashes, isMultiline: isMultiline))
            copy(hashes + (isMultiline ? 3 : 1))
        } else {
            parenthesis(open: open)
            copy()
        }
    }

    /// The number of `#` before the quotation mark that begins a literal here.
    private func openingQuote() -> Int? {
        let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
        return isNext("\"", after: hashes) ? hashes : nil
    }

    /// Follows parentheses inside an interpolation, to know where the string goes on.
    private mutating func parenthesis(open: Int) {
        guard places.count > 1 else { return }
        let last = places.count - 1
        if isNext("(") {
            places[last] = .code(open: open + 1)
        } else if isNext(")") {
            if open == 1 { places.removeLast() } else { places[last] = .code(open: open - 1) }
        }
    }

    private mutating func lineComment() {
        if isNext("\n") { places.removeLast() } else { blank() }
    }

    private mutating func blockComment() {
        if isNext("*/") {
            places.removeLast()
            blank(2)
        } else if isNext("/*") {
            places.append(.blockComment)
            blank(2)
        } else {
            blank()
        }
    }

    private mutating func string(_ hashes: Int, _ isMultiline: Bool) {
        let fence = String(repeating: "#", count: hashes)
        let end = (isMultiline ? "\"\"\"" : "\"") + fence
        if isNext(end) {
            places.removeLast()
            copy(end.utf8.count)
        } else if !isMultiline, isNext("\n") {
            // A literal ends with its line, so nothing else than this line can be misread.
            places.removeLast()
        } else if isNext("\\" + fence + "(") {
            blank(1 + hashes)
            places.append(.code(open: 0))
        } else {
            blank(isNext("\\" + fence) ? 2 + hashes : 1)
        }
    }
}
