/// The name of a job: that of its file without `.yaml`, or of its folder.
package struct JobName: Equatable, Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package var description: String { text }

    /// The longest name in bytes, so that `NAME--ID.failed` stays a file name.
    package static let mostBytes = 200

    /// Nil for what cannot be the name of a result: empty or too long, hidden, with a slash or
    /// a control character.
    package init?(_ text: String) {
        // A point with an accent over it is one character, and hides a file all the same.
        guard (1...Self.mostBytes).contains(text.utf8.count),
            text.utf8.first != UInt8(ascii: "."),
            !text.utf8.contains(UInt8(ascii: "/")),
            !text.unicodeScalars.contains(where: \.isControl)
        else { return nil }
        self.text = text
    }

    /// The name of the job in a file of the Inbox, nil when `fileName` is none of a job.
    package init?(fileName: String) {
        let name = fileName.lowercased()
        guard let suffix = [".yaml", ".yml"].first(where: name.hasSuffix) else { return nil }
        self.init(String(fileName.dropLast(suffix.count)))
    }

    /// Whether a file of this name in a folder is the job, which the folder gives its name:
    /// `job.yaml` or `job.yml`, in small or capital letters.
    package static func isJobFile(_ fileName: String) -> Bool {
        ["job.yaml", "job.yml"].contains(fileName.lowercased())
    }
}
