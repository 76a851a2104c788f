/// The one document of a YAML file, read strictly.
///
/// Anchors, aliases, tags, duplicate keys and a second document are refused, as is what costs
/// too much. Reading goes on behind a refusal where that is possible, so that `issues` holds
/// every mistake; it never traps and takes time in proportion to the permitted size.
package struct YAMLDocument: Sendable {
    /// The tree, nil when there is none or the text could not be read to its end.
    package let root: YAMLNode?
    package let issues: [YAMLIssue]

    /// Reads `bytes`, which are UTF-8, with or without a byte order mark.
    package init(reading bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()) {
        guard bytes.count <= limits.bytes else {
            let start = YAMLPosition(file: file, line: 1, column: 1)
            let limit = "\(limits.bytes / 1024) KiB"
            self.init(
                root: nil,
                issues: [YAMLIssue(start, "the file is larger than \(limit)", "shorten it")])
            return
        }
        if let issue = TextCheck(file: file).issue(in: bytes) {
            self.init(root: nil, issues: [issue])
            return
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        self = text.withUnsafeBufferPointer { buffer in
            var builder = TreeBuilder(parser: EventParser(buffer, file: file), limits: limits)
            return builder.document()
        }
    }

    package init(root: YAMLNode?, issues: [YAMLIssue]) {
        self.root = root
        self.issues = issues
    }
}
