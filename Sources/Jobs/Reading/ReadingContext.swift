package import YAML

/// Where reading stands within a file, and the mistakes found so far.
///
/// Reading never stops at a mistake: it reports it here and goes on with a stand-in.
package struct ReadingContext {
    /// What paths may be.
    package let policy: PathPolicy
    package private(set) var issues: [YAMLIssue] = []
    /// The top-level keys under which there is a mistake.
    package private(set) var faultyKeys: Set<String> = []
    private static let mostIssues = 1000
    private var path: [String] = []
    /// Words that may stand in place of the current value.
    private var offeredWords: [String] = []

    package init(policy: PathPolicy = .user) {
        self.policy = policy
    }

    /// The name of the current value, such as `noise.sine.period` or `forward[1].scale`.
    package var name: String {
        path.isEmpty ? "the file" : path.joined().trimmingFirstPoint
    }

    /// The name of the mapping that the current value stands in.
    var parentName: String {
        path.count < 2 ? "the file" : path.dropLast().joined().trimmingFirstPoint
    }

    /// Whether there are more mistakes than anybody reads, so that further ones are not kept.
    var isFull: Bool { issues.count >= Self.mostIssues }

    /// Reports a mistake.
    package mutating func report(_ position: YAMLPosition, _ problem: String, _ remedy: String) {
        if !isFull { issues.append(YAMLIssue(position, problem, remedy)) }
        faultyKeys.insert(path.first?.trimmingFirstPoint ?? "")
    }

    /// Reports that `node` is not what was expected.
    package mutating func reject(_ node: YAMLNode, expected: String) {
        guard let found = Found(node) else { return }
        let comma = offeredWords.count == 1 ? ", or " : ", "
        let offer = offeredWords.isEmpty ? "" : comma + Suggestion.listed(offeredWords)
        report(node.position, "\(name) is \(found.text)", "write \(expected)\(found.hint)\(offer)")
    }

    /// Runs `body` where `word` is allowed too, besides the words that are already.
    package mutating func offering<Result>(
        _ word: String, _ body: (inout ReadingContext) -> Result
    ) -> Result {
        let outer = offeredWords
        offeredWords.insert(word, at: 0)
        defer { offeredWords = outer }
        return body(&self)
    }

    /// Runs `body` with `.key` added to the name.
    package mutating func within<Result>(
        key: String, _ body: (inout ReadingContext) -> Result
    ) -> Result {
        within(".\(key.prefix(60))", body)
    }

    /// Runs `body` with `[index]` added to the name.
    package mutating func within<Result>(
        index: Int, _ body: (inout ReadingContext) -> Result
    ) -> Result {
        within("[\(index)]", body)
    }

    private mutating func within<Result>(
        _ step: String, _ body: (inout ReadingContext) -> Result
    ) -> Result {
        path.append(step)
        let outer = offeredWords
        offeredWords = []
        defer {
            path.removeLast()
            offeredWords = outer
        }
        return body(&self)
    }
}

extension String {
    fileprivate var trimmingFirstPoint: String {
        hasPrefix(".") ? String(dropFirst()) : self
    }
}
