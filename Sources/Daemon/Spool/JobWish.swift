/// What a user asks of a job that the daemon has accepted: a file `.work/wishes/ID.WISH`.
///
/// It lies there until the job has ended or the wish is granted, so that a crash forgets none.
package struct JobWish: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// The job is to end now.
        case cancel
        /// A job that waits to be tried again is to be tried now.
        case retry
    }

    package let kind: Kind
    package let id: String

    package init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    /// Nil for a file that is no wish.
    package init?(_ name: FileName) {
        guard let text = name.exactText, let dot = text.lastIndex(of: "."),
            let kind = Kind(rawValue: String(text[text.index(after: dot)...]))
        else { return nil }
        self.init(kind, String(text[..<dot]))
    }

    /// Where the wish lies.
    package var path: SpoolPath { Layout.wishes / "\(id).\(kind.rawValue)" }
}
