/// The content of `manifest.json`: every other file of a result.
package struct Manifest: Codable, Equatable, Sendable {
    package struct Entry: Codable, Equatable, Sendable {
        package var path: String
        package var sha256: String
        package var bytes: Int

        package init(path: String, _ digest: FileDigest) {
            self.path = path
            sha256 = digest.sha256
            bytes = digest.bytes
        }
    }

    /// The version of this format.
    package var version = 1
    package var job: String
    package var id: String
    package var files: [Entry]

    package init(job: String, id: String, files: [Entry]) {
        self.job = job
        self.id = id
        self.files = files
    }
}
