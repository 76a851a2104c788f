import Jobs

/// Pictures of a submission that a worker is to decode to their end.
package struct ProbeRequest: Hashable, Sendable {
    package let submission: Submission
    /// The pictures as they are now.
    package let pictures: [SpoolPath: FileStamp]

    package init(submission: Submission, pictures: [SpoolPath: FileStamp]) {
        self.submission = submission
        self.pictures = pictures
    }

    /// The pictures as paths below the Inbox, in the form of `PathText`.
    package var paths: [String] { pictures.keys.map(Self.text).sorted() }

    /// `path` as seen from the Inbox.
    static func text(of path: SpoolPath) -> String {
        PathText(bytes: path.relative(to: Layout.inbox).bytes).text
    }
}
