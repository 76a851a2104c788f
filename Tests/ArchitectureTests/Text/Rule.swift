import Testing

/// Something that holds everywhere in the repository.
protocol Rule {
    /// What breaks the rule in `tree`, as `path:line: what is wrong; what to do`.
    func violations(in tree: Tree) throws -> [String]
}

extension Rule {
    /// Expects that nothing in the repository breaks the rule.
    func expectHolds(sourceLocation: SourceLocation = #_sourceLocation) throws {
        for violation in try violations(in: .repository) {
            Issue.record("\(violation)", sourceLocation: sourceLocation)
        }
    }

    /// Expects that a tree of these files breaks the rule in these ways and no others.
    func expectViolations(
        in files: [String: String], _ expected: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let found = try withTree(files) { try violations(in: $0) }
        #expect(found == expected, sourceLocation: sourceLocation)
    }
}
