/// The names under which the pictures of a job stand in its results, without extensions.
package enum PictureNames {
    /// One name for each of `paths`, all different even where case does not count.
    ///
    /// A picture keeps the name of its file; where two would be the same, folders are added
    /// (`a/x.png` and `b/x.png` become `a-x` and `b-x`), and numbers where that is not enough.
    package static func names(for paths: [String]) -> [String] {
        let short = paths.map { stem(of: $0.split(separator: "/").last.map(String.init) ?? "") }
        let isUnique = isUniqueFlags(short)
        let long = zip(paths, zip(short, isUnique)).map { path, choice in
            let (name, isUnique) = choice
            return isUnique ? name : stem(of: flattened(path))
        }
        var taken = Set<String>()
        return long.map { name in
            var candidate = name
            var number = 2
            while !taken.insert(candidate.lowercased()).inserted {
                candidate = "\(name)-\(number)"
                number += 1
            }
            return candidate
        }
    }

    private static func isUniqueFlags(_ names: [String]) -> [Bool] {
        let counts = Dictionary(names.map { ($0.lowercased(), 1) }, uniquingKeysWith: +)
        return names.map { counts[$0.lowercased()] == 1 }
    }

    private static func flattened(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "-")
    }

    private static func stem(of name: String) -> String {
        guard let point = name.lastIndex(of: "."), point != name.startIndex else {
            return name.isEmpty ? "picture" : name
        }
        return String(name[..<point])
    }
}
