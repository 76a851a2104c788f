import Foundation
package import Jobs

/// A job of the user's: a job file, or a folder with `job.yaml` or `job.yml` in it, in small or
/// capital letters.
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
        let file = exists && isFolder.boolValue ? Self.jobFile(in: url) : url
        self.file = file.path
        folder = file.deletingLastPathComponent().path
        let last = file.lastPathComponent
        let stem = JobName(fileName: last) ?? JobName(last)
        let isNamedByFolder = JobName.isJobFile(last)
        let parent = JobName(file.deletingLastPathComponent().lastPathComponent)
        name = (isNamedByFolder ? parent : stem) ?? Self.fallback
    }

    /// The job file of a folder; where there is none, the one that is missing.
    private static func jobFile(in folder: URL) -> URL {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return folder.appending(path: names.sorted().first(where: JobName.isJobFile) ?? "job.yaml")
    }

    private static let fallback: JobName = {
        guard let name = JobName("job") else { preconditionFailure("job is a name") }
        return name
    }()
}
