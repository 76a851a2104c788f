package import Reports

/// What a restored job left behind.
package struct JobOutcome: Sendable {
    /// One file beneath the output folder.
    package struct File: Sendable, Equatable {
        package let path: String
        package let bytes: Int
        /// Of the whole content, in lower-case hexadecimal digits.
        package let sha256: String

        package init(path: String, bytes: Int, sha256: String) {
            self.path = path
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    package let report: Report
    /// The folder of the model that is now warm.
    package let model: String?
    /// Every file that was written, in the order of writing.
    package let files: [File]

    package init(report: Report, model: String?, files: [File]) {
        self.report = report
        self.model = model
        self.files = files
    }
}
