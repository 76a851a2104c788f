/// Builds the tree of a document from events, collecting what is refused.
struct TreeBuilder {
    private let parser: EventParser
    private let limits: YAMLLimits
    private var issues: [YAMLIssue] = []
    private var level = 0

    init(parser: EventParser, limits: YAMLLimits) {
        self.parser = parser
        self.limits = limits
    }

    /// Reads to the end of the stream, or to what makes that impossible.
    mutating func document() -> YAMLDocument {
        do throws(SyntaxError) {
            let root = try stream()
            return YAMLDocument(root: root, issues: issues)
        } catch {
            return YAMLDocument(root: nil, issues: issues + [error.issue])
        }
    }

    private mutating func stream() throws(SyntaxError) -> YAMLNode? {
        var root: YAMLNode?
        while true {
            let event = try parser.next()
            switch event.kind {
            case .streamEnd:
                return root
            case .documentStart where root != nil:
                throw SyntaxError(
                    YAMLIssue(
                        event.position, "a second document begins here",
                        "put it into a file of its own"))
            case .streamStart, .documentStart, .documentEnd:
                continue
            default:
                root = try node(event)
            }
        }
    }

    private mutating func node(_ event: ParserEvent) throws(SyntaxError) -> YAMLNode {
        if event.hasAnchor {
            try refuse(event, "anchors (&name) are not read", "write the value where it is used")
        }
        if event.hasTag {
            try refuse(event, "tags (!name) are not read", "leave the tag out")
        }
        switch event.kind {
        case .scalar(let scalar):
            return YAMLNode(.scalar(scalar), at: event.position)
        case .sequenceStart:
            return YAMLNode(.sequence(try sequence(event)), at: event.position)
        case .mappingStart:
            return YAMLNode(.mapping(try mapping(event)), at: event.position)
        default:
            try refuse(event, "aliases (*name) are not read", "write the value out")
            return YAMLNode(.refused, at: event.position)
        }
    }

    private mutating func sequence(_ start: ParserEvent) throws(SyntaxError) -> [YAMLNode] {
        try enter(start)
        defer { level -= 1 }
        var elements: [YAMLNode] = []
        while true {
            let event = try parser.next()
            if event.kind == .sequenceEnd { return elements }
            elements.append(try node(event))
        }
    }

    private mutating func mapping(_ start: ParserEvent) throws(SyntaxError) -> [YAMLEntry] {
        try enter(start)
        defer { level -= 1 }
        var entries: [YAMLEntry] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try parser.next()
            if event.kind == .mappingEnd { return entries }
            let key = try key(event)
            let value = try node(parser.next())
            guard let key else { continue }
            if let line = lines.updateValue(lines[key] ?? event.position.line, forKey: key) {
                try refuse(
                    event, "the key \(key.prefix(60)) stands here again",
                    "keep it once; line \(line) has it first")
                continue
            }
            entries.append(YAMLEntry(key, at: event.position, value))
        }
    }

    /// The text of a key, nil when it is refused.
    private mutating func key(_ event: ParserEvent) throws(SyntaxError) -> String? {
        let node = try node(event)
        switch node.content {
        case .scalar(let scalar) where !scalar.text.isEmpty:
            return scalar.text
        case .scalar:
            try refuse(event, "a key is missing before the colon", "write key: value")
        case .sequence, .mapping:
            try refuse(event, "a list or mapping stands as a key", "write a word as the key")
        case .refused:
            break
        }
        return nil
    }

    private mutating func enter(_ event: ParserEvent) throws(SyntaxError) {
        guard level < limits.levels else {
            throw SyntaxError(
                YAMLIssue(
                    event.position, "lists and mappings are nested deeper than \(limits.levels)",
                    "nest less"))
        }
        level += 1
    }

    private mutating func refuse(
        _ event: ParserEvent, _ problem: String, _ remedy: String
    ) throws(SyntaxError) {
        issues.append(YAMLIssue(event.position, problem, remedy))
        guard issues.count < limits.issues else {
            throw SyntaxError(
                YAMLIssue(event.position, "there are more mistakes", "correct these first"))
        }
    }
}
