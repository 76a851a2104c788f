import Foundation

/// Every link of a Markdown file to a file or heading of the repository leads somewhere.
struct LinkRule: Rule {
    func violations(in tree: Tree) throws -> [String] {
        try tree.files(suffix: ".md").flatMap { path in
            try MarkdownText(tree.text(path)).links.compactMap { line, target in
                try isBroken(target, from: path, in: tree)
                    ? "\(path):\(line): the link \(target) leads nowhere" : nil
            }
        }
    }

    private func isBroken(_ target: String, from path: String, in tree: Tree) throws -> Bool {
        if target.firstMatch(of: /^[a-z]+:/) != nil { return false }
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let file = parts[0].removingPercentEncoding ?? String(parts[0])
        let found = file.isEmpty ? path : folder.isEmpty ? file : "\(folder)/\(file)"
        guard tree.exists(found) else { return true }
        guard parts.count == 2, found.hasSuffix(".md") else { return false }
        return !MarkdownText(try tree.text(found)).anchors.contains(String(parts[1]))
    }
}
