import Daemon
import Foundation

/// Jobs for the real daemon and the fake worker.
enum SampleJobs {
    static func text(_ pictures: [String] = ["p.png"], fake: String = "") -> String {
        """
        version: 1
        images: [\(pictures.joined(separator: ", "))]
        prior: mnist
        # fake: \(fake)

        """
    }

    /// Puts a job with one picture into the Inbox as `sluice submit` does.
    static func submit(_ name: String, fake: String = "", to root: URL) throws {
        let files = try LinuxFileSystem(root: root.path)
        let picture = root.appending(path: "source-\(name).png")
        try Data("picture of \(name)".utf8).write(to: picture)
        _ = try Submitter(files: files).submit(
            Array(text(fake: fake).utf8), name: name,
            inputs: [("p.png", picture.path)], tag: name)
    }
}
