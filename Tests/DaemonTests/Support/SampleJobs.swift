import Daemon
import Foundation

/// Jobs for the real daemon and the fake worker.
enum SampleJobs {
    static func text(_ pictures: [String] = ["p.png"], fake: String = "") -> String {
        text(images: "[\(pictures.joined(separator: ", "))]", fake: fake)
    }

    private static func text(images: String, fake: String) -> String {
        """
        version: 1
        images: \(images)
        prior: mnist
        # fake: \(fake)

        """
    }

    /// Puts a job with one picture, `p.png`, into the Inbox as `sluice submit` does.
    static func submit(
        _ name: String, fake: String = "", images: String = "[p.png]", to root: URL
    ) throws {
        let files = try LinuxFileSystem(root: root.path)
        let picture = root.appending(path: "source-\(name).png")
        try Data("picture of \(name)".utf8).write(to: picture)
        _ = try Submitter(files: files).submit(
            Array(text(images: images, fake: fake).utf8), name: name,
            inputs: [("p.png", picture.path)], tag: name)
    }
}
