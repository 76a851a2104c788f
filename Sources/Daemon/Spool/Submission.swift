/// A job as it was submitted: a file, or a folder with `job.yaml` or `job.yml` in it, in small or
/// capital letters.
package struct Submission: Hashable, Sendable {
    /// The name in the Inbox.
    package let name: FileName
    package let isFolder: Bool
    /// The name of the job file in a folder.
    package let jobFileName: String

    package init(name: FileName, isFolder: Bool, jobFileName: String = "job.yaml") {
        self.name = name
        self.isFolder = isFolder
        self.jobFileName = jobFileName
    }

    /// The name of the job.
    package var jobName: FileName { isFolder ? name : name.jobStem ?? name }

    /// Where the job file is when the submission lies in `folder`.
    package func jobFile(in folder: SpoolPath) -> SpoolPath {
        isFolder ? folder / name / jobFileName : folder / name
    }

    /// What the job's paths are relative to when the submission lies in `folder`.
    package func base(in folder: SpoolPath) -> SpoolPath {
        isFolder ? folder / name : folder
    }
}
