import Foundation

/// A script of the repository, copied into a tree of its own and run there.
struct Script {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The path in the repository.
    let path: String
    let tree: Tree

    /// Copies the script into `tree`.
    init(_ path: String, in tree: Tree) throws {
        self.path = path
        self.tree = tree
        let target = tree.url(path)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Tree.repository.url(path), to: target)
    }

    /// Programs that stand in for those of the system, in a folder of the tree.
    func pretend(_ programs: [String: String]) throws {
        for (name, body) in programs {
            let url = tree.url("bin/\(name)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("#!/bin/sh\n\(body)\n".utf8).write(to: url)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: url.path)
        }
    }

    /// Runs the script; `search` is where programs are looked for after those of `pretend`.
    func run(
        _ arguments: [String] = [],
        search: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = tree.url(path)
        process.arguments = arguments
        process.currentDirectoryURL = tree.root
        process.environment = environment.merging(
            ["PATH": "\(tree.url("bin").path):\(search)", "HOME": tree.root.path]
        ) { own, _ in own }
        process.standardInput = FileHandle.nullDevice
        // Files cannot fill up while the other one is read, as pipes can.
        let (output, errors) = (tree.url("output"), tree.url("errors"))
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return try Outcome(
            status: process.terminationStatus, output: String(contentsOf: output, encoding: .utf8),
            errors: String(contentsOf: errors, encoding: .utf8))
    }
}
