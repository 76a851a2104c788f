internal import YAML

extension ImagesSpec {
    /// A path, a glob, a list of paths, or pictures of an IDX file.
    static var rule: Rule<ImagesSpec> {
        let expected = "a picture, a list of pictures, a glob such as \"*.png\", or {idx: FILE}"
        return .first(of: [single, list, idx], expected: expected) { images in
            switch images {
            case .files(let paths): .sequence(paths.map { .text($0) })
            case .glob(let glob): .text(glob.path)
            case .idx(let images): IDXImages.rule.write(images)
            }
        }
    }

    private static var single: Rule<ImagesSpec> {
        Rule<String>.text("the path of a picture or a glob such as \"*.png\"")
            .refusing { path, context in
                Glob.isPattern(path)
                    ? context.policy.refusal(of: path) ?? Glob(path).refusal
                    : extensionRefusal(of: path) ?? context.policy.refusal(of: path)
            }
            .mapped(
                to: { Glob.isPattern($0) ? .glob(Glob($0)) : .files([$0]) },
                from: { _ in "" })
    }

    private static var list: Rule<ImagesSpec> {
        let path = Rule<String>.picturePath.refusing { path, _ in
            path.contains("*") || path.contains("?")
                ? ("is the glob \(path)", "write a glob alone, images: \"\(path)\", or names") : nil
        }
        return Rule<[String]>.list(of: path, count: 1...100_000, named: "paths of pictures")
            .refusing { paths, _ in
                // By bytes: names that look the same may be two, as those that other systems make.
                var seen: Set<[UInt8]> = []
                let second = paths.first { !seen.insert(Array($0.utf8)).inserted }
                return second.map { ("names \($0) twice", "write it once") }
            }
            .mapped(to: { .files($0) }, from: { _ in [] })
    }

    private static var idx: Rule<ImagesSpec> {
        IDXImages.rule.mapped(to: { .idx($0) }, from: { _ in IDXImages(path: "") })
    }

    private static func extensionRefusal(of path: String) -> (problem: String, remedy: String)? {
        let name = path.lowercased()
        let extensions = Rule<String>.pictureExtensions
        guard !extensions.contains(where: { name.hasSuffix(".\($0)") }) else { return nil }
        return (
            "is \(path), which does not end in .png, .jpg, .jpeg or .npy",
            "write the path of a picture, or {idx: \(path)} for an IDX file"
        )
    }
}

extension IDXImages {
    /// The keys as written, before they become a selection.
    private struct Form {
        var path = ""
        var select: [Int]?
        var sample: Int?
        var seed: UInt64?
    }

    static var rule: Rule<IDXImages> {
        Rule.record(
            Form(), fields, [.atMostOne(["select", "sample"]), .only("seed", with: "sample")]
        )
        .mapped(to: Self.init(form:), from: \.form)
    }

    private static var fields: [Field<Form>] {
        [
            .required("idx", \.path, .datasetPath, "An IDX file, plain or gzip."),
            .optional(
                "select", \.select,
                .list(of: .integer(in: 0...Int.max), count: 1...100_000, named: "numbers"),
                "The pictures of the file to take, counted from 0."),
            .optional(
                "sample", \.sample, .integer(in: 1...100_000),
                "How many pictures to draw without replacement."),
            .optional("seed", \.seed, .legacySeed, "The seed of the draw, 0 when left out."),
        ]
    }

    private init(form: Form) {
        path = form.path
        if let indices = form.select {
            selection = .indices(indices)
        } else if let count = form.sample {
            selection = .sample(count: count, seed: form.seed ?? 0)
        } else {
            selection = .all
        }
    }

    private var form: Form {
        switch selection {
        case .all: Form(path: path)
        case .indices(let indices): Form(path: path, select: indices)
        case .sample(let count, let seed): Form(path: path, sample: count, seed: seed)
        }
    }
}

extension Rule where Value == UInt64 {
    /// A seed of NumPy's legacy generator, which has 32 bits.
    fileprivate static var legacySeed: Rule {
        seed.refusing { seed, _ in
            seed > UInt64(UInt32.max)
                ? ("is \(seed)", "write a whole number from 0 to \(UInt32.max)") : nil
        }
    }
}
