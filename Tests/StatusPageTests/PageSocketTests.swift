import Foundation
import TestSupport
import Testing

/// The real program on a Unix socket.
@Suite(.serialized, .timeLimit(.minutes(10))) struct PageSocketTests {
    /// Runs the program, for twenty seconds at most.
    private func run(_ root: URL, at socket: String) throws -> BuiltProgram.Outcome {
        let program = RunningDaemon.programs.appending(path: "sluice-page").path
        return try BuiltProgram(at: URL(filePath: "/usr/bin/timeout"))
            .run(["20", program, "--root", root.path, "--socket", socket], in: root)
    }

    /// Starts the program, and waits until it listens.
    private func start(_ root: URL, at socket: String) throws -> Process {
        let process = Process()
        process.executableURL = RunningDaemon.programs.appending(path: "sluice-page")
        process.arguments = ["--root", root.path, "--socket", socket]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.availableData
        #expect(String(decoding: said, as: UTF8.self) == "\(socket)\n")
        return process
    }

    @Test func `a file in the place of the socket stays as it is`() throws {
        try withTemporaryDirectory { root in
            let file = root.appending(path: "results.csv")
            try Data("all my numbers".utf8).write(to: file)
            let link = root.appending(path: "link")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
            for place in [file, link] {
                let outcome = try run(root, at: place.path)
                #expect(outcome.status == 73)
                #expect(outcome.errors.contains("\(place.path) is no socket"), "\(outcome.errors)")
                #expect(try String(contentsOf: place, encoding: .utf8) == "all my numbers")
            }
        }
    }

    @Test func `a path that no socket can have is refused`() throws {
        try withTemporaryDirectory { root in
            let long = "/tmp/" + String(repeating: "a", count: 103)
            for (path, words) in [(long, "has 108 bytes"), ("", "--socket is empty")] {
                let outcome = try run(root, at: path)
                #expect(outcome.status == 64)
                #expect(outcome.errors.contains(words), "\(outcome.errors)")
            }
        }
    }

    @Test func `everybody may use the socket, and one that was left behind is replaced`() throws {
        try withTemporaryDirectory { root in
            let socket = root.appending(path: "socket").path
            for _ in 1...2 {
                let process = try start(root, at: socket)
                let attributes = try FileManager.default.attributesOfItem(atPath: socket)
                #expect(attributes[.posixPermissions] as? Int == 0o666)
                // The socket of a server that answers is left alone.
                #expect(try run(root, at: socket).status == 69)
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                #expect(FileManager.default.fileExists(atPath: socket))
            }
        }
    }
}
