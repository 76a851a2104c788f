package import Images

/// The state of a job after an iteration.
package struct JobStep {
    package let progress: JobProgress
    private let draft: (_ most: Int) throws -> [Picture]

    package init(progress: JobProgress, draft: @escaping (_ most: Int) throws -> [Picture]) {
        self.progress = progress
        self.draft = draft
    }

    /// The same state of a job that restores its pictures with several methods.
    func within(_ turn: Turn) -> JobStep { JobStep(progress: progress.within(turn), draft: draft) }

    /// The first pictures of those that are being solved, as they are now, `most` at most.
    ///
    /// Those that are not finite for the moment are left out.
    ///
    /// - Throws: `TorchError` when memory is short, `ImageError` when they are no pictures.
    package func pictures(atMost most: Int) throws -> [Picture] { try draft(most) }
}
