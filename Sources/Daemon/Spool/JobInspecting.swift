package import Jobs

/// Reads job files for the daemon, which needs to know no more of them than which files they name.
package protocol JobInspecting: Sendable {
    /// The files that a job needs beside it.
    ///
    /// - Parameters:
    ///   - content: the job file.
    ///   - name: what errors call it.
    ///   - isFolder: whether the job came as a folder, where patterns are allowed.
    ///   - defaults: reads another file of the job; nil when it is not there.
    /// - Returns: what has to be there before the job can run.
    /// - Throws: ``JobFailure`` with all mistakes of the job.
    func inspect(
        _ content: [UInt8], name: String, isFolder: Bool, defaults: (String) -> [UInt8]?
    ) throws(JobFailure) -> JobNeeds

    /// The files that a job file names which may have been refused, as far as they can be told.
    ///
    /// - Parameters:
    ///   - content: the job file.
    ///   - defaults: reads another file of the job; nil when it is not there.
    /// - Returns: each name once.
    func names(in content: [UInt8], defaults: (String) -> [UInt8]?) -> [String]
}

/// The files that a job needs beside it, as paths relative to it.
package struct JobNeeds: Sendable {
    /// All names of one folder that fit a pattern.
    package struct Pattern: Sendable {
        /// The pattern as the job has it.
        package var text: String
        /// The folder, empty for the job's own.
        package var folder: String
        package var matches: @Sendable (String) -> Bool

        package init(text: String, folder: String, matches: @escaping @Sendable (String) -> Bool) {
            self.text = text
            self.folder = folder
            self.matches = matches
        }
    }

    /// Pictures, each once, in the order of the job.
    package var pictures: [String]
    package var patterns: [Pattern]
    /// Files that are no pictures: matrices, defaults.
    package var others: [String]
    /// The settings that jobs must share to be solved together; nil for a job that is solved alone.
    package var kinship: String?
    /// Whether the job names more than is known before another of its files is there.
    package var isPartial: Bool

    package init(
        pictures: [String] = [], patterns: [Pattern] = [], others: [String] = [],
        kinship: String? = nil, isPartial: Bool = false
    ) {
        self.pictures = pictures
        self.patterns = patterns
        self.others = others
        self.kinship = kinship
        self.isPartial = isPartial
    }

    /// Every file that is named and not found by a pattern.
    package var files: [String] { pictures + others }
}
