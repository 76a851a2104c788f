import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

/// A root with two results and a status, and the real program that shows it.
final class ServedRoot {
    static let finished = "faces--20260101-000000-00000a"
    static let failed = "<b>bold</b>--20260101-000001-00000b.failed"

    let files: LinuxFileSystem
    private let process = Process()
    private(set) var port: UInt16 = 0

    /// Shows `root`, with a program that may have so many `descriptors` and no more.
    init(_ root: URL, descriptors: Int? = nil) throws {
        files = try LinuxFileSystem(root: root.path)
        for folder in [Layout.inbox, Layout.outbox, Layout.work] {
            try files.createFolder(folder)
        }
        let result = Layout.outbox / Self.finished
        try files.createFolder(result)
        try files.createFolder(result / "restored")
        try files.createFolder(result / "inputs")
        try write("PICTURE", to: result / "restored" / "a 1.png")
        try write("SECRET", to: result / "inputs" / "a.png")
        try write("<p>report", to: result / "report.html")
        try write(
            #"{"images": [{"name": "a"}], "seconds": 2.5, "mean": {"psnr": 30.5}}"#,
            to: result / "result.json")
        try write("NOT SHOWN", to: Layout.work / "secret.png")
        try writeStatus(waiting: "slow.yaml")
        try start(root, descriptors)
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// `running` has the number of the attempt of every running job.
    func writeStatus(waiting: String, running: [String: Int] = [:]) throws {
        var status = StatusDocument(
            activity: .running, pid: 1, started: 1, updated: 2, watching: "inotify")
        status.waiting = [.init(name: waiting, waitsFor: ["p.png"])]
        status.running = running.map { id, attempt in
            .init(
                id: id, name: "live", state: .running, attempts: attempt, waitsFor: nil,
                progress: nil)
        }
        status.finished = 1
        let content = try JSONEncoder().encode(status)
        try files.replace(Layout.status, with: Array(content))
    }

    func get(_ path: String, host: String = "localhost") -> String {
        RawRequest(path, host: host).answer(from: port)
    }

    private func write(_ text: String, to path: SpoolPath) throws {
        try files.create(path, holding: Array(text.utf8))
    }

    private func start(_ root: URL, _ descriptors: Int?) throws {
        let program = RunningDaemon.programs.appending(path: "sluice-page").path
        let limit = descriptors.map { "ulimit -n \($0); " } ?? ""
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", limit + #"exec "$0" "$@""#, program, "--root", root.path, "--port", "0",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var said = ""
        while !said.contains("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            said += String(decoding: data, as: UTF8.self)
        }
        port = try #require(UInt16(said.filter(\.isNumber)), "\(said)")
    }
}
