import Daemon
import Jobs

/// The picture of the current estimate of a job that is running.
struct RunningPicture {
    private let files: LinuxFileSystem
    private let place: SpoolPath

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    init(_ job: StatusDocument.Job, _ files: LinuxFileSystem) {
        self.files = files
        place = Layout.run(job.id, job.attempts) / LivePicture.name
    }

    /// The picture at `name`, such as `ID.png`; nil when no such job is running.
    init?(_ name: String, _ files: LinuxFileSystem) {
        // Whatever keeps it from being known, there is nothing to show.
        guard (try? files.isLocked()) == true,
            let status = try? files.document(StatusDocument.self, at: Layout.status),
            let job = status.running.first(where: { Self.name(of: $0) == name })
        else { return nil }
        self.init(job, files)
    }

    static func name(of job: StatusDocument.Job) -> String { "\(job.id).png" }

    /// A number that is another one for every picture; nil when there is none.
    var version: Int? {
        // The folder of accepted jobs may be closed to whoever runs the page.
        guard let stamp = try? files.stamp(of: place), stamp.kind == .file,
            (1...LivePicture.largest).contains(stamp.bytes)
        else { return nil }
        return stamp.modified
    }

    /// The PNG file; nil when there is none.
    var content: [UInt8]? {
        guard let content = try? files.read(place, limit: LivePicture.largest),
            content.starts(with: Self.signature)
        else { return nil }
        return content
    }
}
