/// A job as it was submitted: a file, or a folder with `job.yaml` in it.
package struct Submission: Hashable, Sendable {
    /// The name in the Inbox.
    package let name: FileName
    package let isFolder: Bool

    package init(name: FileName, isFolder: Bool) {
        self.name = name
        self.isFolder = isFolder
    }

    /// The name of the job.
    package var jobName: FileName { isFolder ? name : name.jobStem ?? name }

    /// Where the job file is when the submission lies in `folder`.
    package func jobFile(in folder: SpoolPath) -> SpoolPath {
        isFolder ? folder / name / "job.yaml" : folder / name
    }

    /// What the job's paths are relative to when the submission lies in `folder`.
    package func base(in folder: SpoolPath) -> SpoolPath {
        isFolder ? folder / name : folder
    }
}
