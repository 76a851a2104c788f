import Jobs

/// Something in the Inbox that looks meant for a job and belongs to none; it is never touched.
package struct Stray: Hashable, Sendable {
    package enum Kind: Sendable {
        case folder, picture
    }

    package let name: FileName
    package let kind: Kind

    /// Describes a name in the Inbox.
    ///
    /// - Returns: nil when nobody would take it for a job or a picture.
    init?(_ name: FileName, _ kind: FileStamp.Kind) {
        self.name = name
        switch kind {
        case .folder: self.kind = .folder
        case .file where name.isPicture: self.kind = .picture
        case .file, .link, .other: return nil
        }
    }

    /// What it is, and what to do about it.
    var advice: String {
        switch kind {
        case .folder:
            "\(Layout.inbox / name): a folder without job.yaml; put job.yaml into it"
        case .picture:
            "\(Layout.inbox / name): no waiting job names it; put a job beside it that does"
        }
    }
}

extension FileName {
    /// Whether the name is one of a picture that a job could name.
    fileprivate var isPicture: Bool {
        let name = text.lowercased()
        return Rule.pictureExtensions.contains { name.hasSuffix(".\($0)") }
    }
}
