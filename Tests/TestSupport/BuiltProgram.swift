package import Foundation

/// One of the package's programs, as it was built together with the tests.
package struct BuiltProgram: Sendable {
    /// How a run of the program ended.
    package struct Outcome: Sendable {
        package let status: Int32
        package let output: String
        package let errors: String
    }

    package let url: URL

    /// The program called `name`, which stands beside the tests.
    package init(_ name: String) {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        url = tests.deletingLastPathComponent().appending(path: name)
    }

    /// The program at `url`.
    package init(at url: URL) {
        self.url = url
    }

    /// Runs it to its end with `input` as its standard input; `whenItReports` is called once,
    /// after its first line of errors.
    package func run(
        _ arguments: [String], in folder: URL, input: String = "",
        environment: [String: String]? = nil, whenItReports: (Process) -> Void = { _ in }
    ) throws -> Outcome {
        let outputURL = folder.appending(path: ".output-\(UUID().uuidString)")
        try Data().write(to: outputURL)
        // The folder is a temporary one in any case.
        defer { try? FileManager.default.removeItem(at: outputURL) }
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = folder
        if let environment { process.environment = environment }
        let inputURL = folder.appending(path: ".input-\(UUID().uuidString)")
        try Data(input.utf8).write(to: inputURL)
        // The folder is a temporary one in any case.
        defer { try? FileManager.default.removeItem(at: inputURL) }
        process.standardInput = try FileHandle(forReadingFrom: inputURL)
        process.standardOutput = try FileHandle(forWritingTo: outputURL)
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        var errors = pipe.fileHandleForReading.availableData
        whenItReports(process)
        errors += pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: outputURL), as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }
}
