/// The name of a job's directory in the Outbox: `NAME--ID`, or `NAME--ID.failed`.
package struct ResultName: Equatable, Hashable, Sendable, CustomStringConvertible {
    package let name: JobName
    package let identifier: JobIdentifier
    package let hasFailed: Bool

    package init(_ name: JobName, _ identifier: JobIdentifier, hasFailed: Bool) {
        self.name = name
        self.identifier = identifier
        self.hasFailed = hasFailed
    }

    /// Nil for a directory that is no result.
    package init?(_ directory: String) {
        let suffix = ".failed"
        let hasFailed = directory.hasSuffix(suffix)
        let stem = hasFailed ? String(directory.dropLast(suffix.count)) : directory
        // An identifier is 22 bytes of ASCII, so the end of the name is found from behind.
        let scalars = stem.unicodeScalars
        guard scalars.count > 24 else { return nil }
        let split = scalars.index(scalars.endIndex, offsetBy: -22)
        let dashes = scalars.index(split, offsetBy: -2)
        guard String(scalars[dashes..<split]) == "--",
            let identifier = JobIdentifier(String(scalars[split...])),
            let name = JobName(String(scalars[..<dashes]))
        else { return nil }
        self.init(name, identifier, hasFailed: hasFailed)
    }

    package var description: String {
        "\(name)--\(identifier)" + (hasFailed ? ".failed" : "")
    }
}
