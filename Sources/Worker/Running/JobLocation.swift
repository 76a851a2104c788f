import Foundation
package import Jobs

/// A job of the user's: a job file, or a folder with `job.yaml` in it.
package struct JobLocation: Equatable, Sendable {
    /// The absolute path of the job file.
    package let file: String
    /// The absolute path of the folder that its paths are relative to.
    package let folder: String
    /// The name that its result gets: that of the file, or of the folder of `job.yaml`.
    package let name: JobName

    package init(_ path: String) {
        let url = URL(filePath: path).standardizedFileURL
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        let file = exists && isFolder.boolValue ? url.appending(path: "job.yaml") : url
        self.file = file.path
        folder = file.deletingLastPathComponent().path
        let last = file.lastPathComponent
        let stem = JobName(fileName: last) ?? JobName(last)
        let isNamedByFolder = last == "job.yaml" || last == "job.yml"
        let parent = JobName(file.deletingLastPathComponent().lastPathComponent)
        name = (isNamedByFolder ? parent : stem) ?? Self.fallback
    }

    private static let fallback: JobName = {
        guard let name = JobName("job") else { preconditionFailure("job is a name") }
        return name
    }()
}
