import Arrays
import Foundation

/// The goldens are the files that their manifest lists, each with a known origin.
struct GoldenRule: Rule {
    static let folder = "Tests/Goldens"

    func violations(in tree: Tree) throws -> [String] {
        let manifest = try JSONDecoder().decode(
            GoldenManifest.self, from: Data(contentsOf: tree.url("\(Self.folder)/MANIFEST.json")))
        let paths = try tree.files(in: Self.folder).map {
            String($0.dropFirst(Self.folder.count + 1))
        }
        .filter { $0.contains("/") && !$0.hasPrefix("Generators/") }
        let missing = Set(manifest.files.keys).subtracting(paths).sorted()
            .map { "\($0) is missing" }
        let areas = Set(paths.map { String($0.prefix { $0 != "/" }) }).sorted()
            .flatMap { Self.problems(of: manifest.areas[$0], $0, tree) }
        let files = try paths.compactMap { try Self.problem(with: $0, manifest.files[$0], tree) }
        return (missing + files + areas).map { "\(Self.folder)/\($0); see Scripts/goldens" }
    }

    private static func problem(
        with path: String, _ file: GoldenManifest.File?, _ tree: Tree
    ) throws -> String? {
        guard let file else { return "\(path) is not in MANIFEST.json" }
        let bytes = try Data(contentsOf: tree.url("\(folder)/\(path)"))
        if bytes.count > 1 << 20 { return "\(path) is larger than 1 MiB" }
        let isSame =
            bytes.count == file.bytes && SHA256.hexadecimal(of: Array(bytes)) == file.sha256
        return isSame ? nil : "\(path) is not the file of MANIFEST.json"
    }

    private static func problems(
        of area: GoldenManifest.Area?, _ name: String, _ tree: Tree
    ) -> [String] {
        guard let area else { return ["\(name) has no origin among the areas of MANIFEST.json"] }
        let isOurs = area.generator.hasPrefix("Generators/")
        let isMissing = isOurs && !tree.exists("\(folder)/\(area.generator)")
        return (isMissing ? ["\(name) names a generator that does not exist"] : [])
            + (area.versions.isEmpty ? ["\(name) names no versions"] : [])
    }
}
