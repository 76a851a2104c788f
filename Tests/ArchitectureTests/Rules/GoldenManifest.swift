/// `Tests/Goldens/MANIFEST.json`, which `Scripts/goldens` writes.
struct GoldenManifest: Decodable {
    /// Where the files of one folder come from.
    struct Area: Decodable {
        /// The program in `Generators/` that makes them, or in words what else did.
        let generator: String
        /// What it was run with.
        let versions: [String: String]
    }

    struct File: Decodable {
        let bytes: Int
        let sha256: String
    }

    let areas: [String: Area]
    let files: [String: File]
}
