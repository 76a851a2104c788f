import YAML

/// Every block of YAML in a Markdown file can be read.
struct YAMLBlockRule: Rule {
    func violations(in tree: Tree) throws -> [String] {
        try tree.files(suffix: ".md").flatMap { path in
            try MarkdownText(tree.text(path)).blocks.filter { $0.language == "yaml" }
                .flatMap { block in
                    YAMLDocument(reading: Array(block.text.utf8), file: path).issues.map { issue in
                        let line = issue.position.line + block.firstLine - 1
                        return
                            "\(path):\(line):\(issue.position.column): \(issue.problem); \(issue.remedy)"
                    }
                }
        }
    }
}
