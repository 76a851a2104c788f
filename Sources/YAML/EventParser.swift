internal import CYAML

/// libyaml's event parser over one text, which must outlive it.
final class EventParser {
    /// Owned; deleted and freed with this object.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let isReady: Bool
    private let text: UnsafeBufferPointer<UInt8>
    private let file: String

    init(_ text: UnsafeBufferPointer<UInt8>, file: String) {
        self.text = text
        self.file = file
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        isReady = yaml_parser_initialize(parser) == 1
        guard isReady else { return }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        if isReady { yaml_parser_delete(parser) }
        parser.deallocate()
    }

    /// The next event.
    ///
    /// - Throws: `SyntaxError` when the text is no YAML from here on.
    func next() throws(SyntaxError) -> ParserEvent {
        var event = yaml_event_t()
        guard isReady, yaml_parser_parse(parser, &event) == 1 else { throw SyntaxError(issue) }
        defer { yaml_event_delete(&event) }
        return translated(event)
    }

    private func translated(_ event: yaml_event_t) -> ParserEvent {
        let data = event.data
        return switch event.type {
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: make(.streamEnd, event)
        case YAML_DOCUMENT_START_EVENT: make(.documentStart, event)
        case YAML_DOCUMENT_END_EVENT: make(.documentEnd, event)
        case YAML_ALIAS_EVENT: make(.alias, event)
        case YAML_SCALAR_EVENT:
            make(
                .scalar(
                    Self.scalar(data.scalar.value, data.scalar.length, data.scalar.style)),
                event, anchor: data.scalar.anchor, tag: data.scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            make(
                .sequenceStart, event, anchor: data.sequence_start.anchor,
                tag: data.sequence_start.tag)
        case YAML_SEQUENCE_END_EVENT: make(.sequenceEnd, event)
        case YAML_MAPPING_START_EVENT:
            make(
                .mappingStart, event, anchor: data.mapping_start.anchor,
                tag: data.mapping_start.tag)
        case YAML_MAPPING_END_EVENT: make(.mappingEnd, event)
        default: make(.streamStart, event)
        }
    }

    private func make(
        _ kind: ParserEvent.Kind, _ event: yaml_event_t,
        anchor: UnsafeMutablePointer<yaml_char_t>? = nil,
        tag: UnsafeMutablePointer<yaml_char_t>? = nil
    ) -> ParserEvent {
        ParserEvent(
            kind: kind, position: position(event.start_mark), hasAnchor: anchor != nil,
            hasTag: tag != nil)
    }

    private static func scalar(
        _ value: UnsafeMutablePointer<yaml_char_t>?, _ length: Int, _ style: yaml_scalar_style_t
    ) -> YAMLScalar {
        let bytes = UnsafeBufferPointer(start: value, count: length)
        return YAMLScalar(
            String(decoding: bytes, as: UTF8.self), isPlain: style == YAML_PLAIN_SCALAR_STYLE)
    }

    private func position(_ mark: yaml_mark_t) -> YAMLPosition {
        YAMLPosition(
            file: file, line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
    }

    /// What the parser complains about.
    private var issue: YAMLIssue {
        guard isReady, parser.pointee.error != YAML_MEMORY_ERROR else {
            return YAMLIssue(
                YAMLPosition(file: file, line: 1, column: 1), "there is too little memory to read",
                "close other programs")
        }
        let hasMark = parser.pointee.error != YAML_READER_ERROR
        let mark = hasMark ? parser.pointee.problem_mark : parser.pointee.mark
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "this is no YAML"
        let (words, remedy) = SyntaxAdvice.advice(on: problem, at: byte(at: mark))
        return YAMLIssue(position(mark), words, remedy)
    }

    /// The byte at a mark, whose index counts characters.
    private func byte(at mark: yaml_mark_t) -> UInt8? {
        let starts = text.lazy.filter { $0 & 0xC0 != 0x80 }
        return starts.dropFirst(Int(clamping: mark.index)).first
    }
}

/// The text is no YAML from a place on.
struct SyntaxError: Error {
    let issue: YAMLIssue

    init(_ issue: YAMLIssue) {
        self.issue = issue
    }
}
