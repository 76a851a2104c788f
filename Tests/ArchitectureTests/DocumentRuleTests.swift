import Testing

/// That documents and reference files are what they say.
@Suite(.timeLimit(.minutes(20))) struct DocumentRuleTests {
    @Test func `links lead somewhere`() throws {
        try LinkRule().expectHolds()
    }

    @Test func `the rule notices a link that leads nowhere`() throws {
        let readme = """
            # Title, with a comma
            [web](https://example.org/x) [page](Docs/page.md) `[code](none)`
            [part](Docs/page.md#second-part) [own](#title-with-a-comma)
            ![picture](Docs/none.png) <img src="none.svg">
            [no part](Docs/page.md#third-part)
            ```
            [in a block](none)
            ```
            """
        let page = "# First\n## Second part\n[up](../README.md)\n[wrong](README.md)\n"
        try LinkRule().expectViolations(
            in: ["README.md": readme, "Docs/page.md": page, ".build/a.md": "[a](b)"],
            [
                "Docs/page.md:4: the link README.md leads nowhere",
                "README.md:4: the link Docs/none.png leads nowhere",
                "README.md:4: the link none.svg leads nowhere",
                "README.md:5: the link Docs/page.md#third-part leads nowhere",
            ])
    }

    @Test func `blocks of YAML can be read`() throws {
        try YAMLBlockRule().expectHolds()
    }

    @Test func `the rule notices YAML that cannot be read`() throws {
        let page = "Text.\n```yaml\na: 1\n```\n```yaml\nb: 1\nb: 2\n```\n```json\nb: [\n```\n"
        let found = try withTree(["Docs/page.md": page]) { try YAMLBlockRule().violations(in: $0) }
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("Docs/page.md:7:1: ") == true)
    }

    @Test func `goldens are the files of their manifest`() throws {
        try GoldenRule().expectHolds()
    }

    @Test func `the rule notices changed, missing and unknown goldens`() throws {
        let manifest = """
            {"areas": {"a": {"generator": "Generators/a.py", "versions": {"numpy": "2"}},
                       "b": {"generator": "closed forms", "versions": {}}},
             "files": {"a/good.npy": {"bytes": 3, "sha256": "\(Self.digestOfABC)"},
                       "a/bad.npy": {"bytes": 3, "sha256": "\(Self.digestOfABC)"},
                       "a/gone.npy": {"bytes": 3, "sha256": "\(Self.digestOfABC)"},
                       "b/good.npy": {"bytes": 3, "sha256": "\(Self.digestOfABC)"}}}
            """
        let files = [
            "MANIFEST.json": manifest, "a/good.npy": "abc", "a/bad.npy": "abd",
            "b/good.npy": "abc", "c/new.npy": "abc", "Generators/b.py": "",
        ]
        let goldens = files.map { ("Tests/Goldens/" + $0, $1) }
        let expected = [
            "a/gone.npy is missing", "a/bad.npy is not the file of MANIFEST.json",
            "c/new.npy is not in MANIFEST.json", "a names a generator that does not exist",
            "b names no versions", "c has no origin among the areas of MANIFEST.json",
        ]
        try GoldenRule().expectViolations(
            in: Dictionary(uniqueKeysWithValues: goldens),
            expected.map { "Tests/Goldens/\($0); see Scripts/goldens" })
    }

    private static let digestOfABC =
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
}
