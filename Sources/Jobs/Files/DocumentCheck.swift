internal import YAML

/// What a look at a YAML file has found.
package struct DocumentCheck: Sendable {
    /// What the file was read as; nil when it could not be read.
    package let kind: DocumentKind?
    /// Why it was refused, if it was.
    package let error: JobError?
    /// Whether the kind is a guess, as nothing tells it.
    package let isGuess: Bool

    /// Reads the file at `path`.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - kind: what it is meant to be; nil when its keys or its name are to tell.
    package init(path: String, as kind: DocumentKind? = nil) {
        do throws(JobError) {
            let bytes = try FileContents.read(path, atMost: YAMLLimits().bytes)
            let document = YAMLDocument(reading: bytes, file: path)
            let found = kind ?? DocumentKind(of: document, path: path)
            self.kind = found
            error = found.error(in: path)
            isGuess = kind == nil && DocumentKind.isUntold(document, path: path)
        } catch {
            self.kind = nil
            self.error = error
            isGuess = false
        }
    }
}
