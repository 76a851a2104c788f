/// The content of `manifest.json`: every other file of a result.
package struct ResultManifest: Codable, Equatable, Sendable {
    package struct Entry: Codable, Equatable, Sendable {
        /// Beneath the result's folder.
        package var path: String
        package var sha256: String
        package var bytes: Int

        package init(path: String, sha256: String, bytes: Int) {
            self.path = path
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    /// The name of the file itself.
    package static let fileName = "manifest.json"

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
