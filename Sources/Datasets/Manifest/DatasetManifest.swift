/// What a data set is made of: `NAME.json` beside its IDX files.
package struct DatasetManifest: Codable, Equatable, Sendable {
    /// One IDX file.
    package struct File: Codable, Equatable, Sendable {
        /// The file's name, beside the manifest.
        package let file: String
        /// The part of the split; nil when there is none.
        package let part: String?
        package let shape: [Int]
        package let bytes: Int
        package let sha256: String
    }

    /// Where pictures came from.
    package struct Source: Codable, Equatable, Sendable {
        /// As the user wrote it.
        package let path: String
        package let kind: SourceKind
        package let sha256: String
        /// How many pictures it has, and how many of them are in the data set.
        package let pictures: Int
        package let used: Int
    }

    /// A picture that could not be used.
    package struct Skipped: Codable, Equatable, Sendable {
        package let source: String
        package let name: String
        package let reason: String
    }

    package let version: Int
    package let name: String
    package let files: [File]
    package let sources: [Source]
    package let settings: DatasetSettings
    package let skipped: [Skipped]
    package let software: String

    static let currentVersion = 1
}
