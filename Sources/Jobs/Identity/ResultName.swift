/// The name of a job's directory in the Outbox: `NAME--ID`, or `NAME--ID.failed`.
package struct ResultName: Equatable, Hashable, Sendable, CustomStringConvertible {
    package let name: JobName
    package let identifier: JobIdentifier
    package let hasFailed: Bool

    private static let failure = ".failed"

    /// Whether a directory of this name in the Outbox is the result of a job that failed.
    package static func isFailure(_ directory: String) -> Bool { directory.hasSuffix(failure) }

    package init(_ name: JobName, _ identifier: JobIdentifier, hasFailed: Bool) {
        self.name = name
        self.identifier = identifier
        self.hasFailed = hasFailed
    }

    /// Nil for a directory that is no result.
    package init?(_ directory: String) {
        let hasFailed = Self.isFailure(directory)
        let stem = hasFailed ? String(directory.dropLast(Self.failure.count)) : directory
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
        "\(name)--\(identifier)" + (hasFailed ? Self.failure : "")
    }
}
