import Daemon
import Jobs
import Testing

/// A job file that names a picture in the folder of another job, which still waits.
@Suite struct JobFolderTests {
    private let disk = SimulatedDisk()
    private let identifiers = SimulatedDaemon.Counter()

    private func run(_ content: [String: String]) throws {
        try disk.fillInbox(content)
        try SimulatedDaemon(disk: disk, identifiers: identifiers).run()
    }

    @Test(arguments: ["job.yaml", "JOB.YML"])
    func `a picture in the folder of a waiting job stays there`(_ jobFile: String) throws {
        try run([
            "flat.yaml": "sub/p.png", "sub/p.png": "picture p", "sub/\(jobFile)": "p.png q.png",
        ])
        #expect(try disk.results().count == 1)
        #expect(try disk.text(of: Layout.inbox / "sub" / "p.png") == "picture p")
        // Then the rest of the other job comes.
        try run(["sub/q.png": "picture q"])
        let results = try disk.results()
        #expect(results.count == 2)
        for result in results {
            #expect(!(result.last?.hasSuffix(".failed") ?? true))
            let name = result.last?.hasPrefix("flat") == true ? "sub/p.png" : "p.png"
            let picture = try #require(result.beneath("inputs/\(name)"))
            #expect(try disk.text(of: picture) == "picture p")
        }
        #expect(try disk.names(in: Layout.inbox).isEmpty)
    }

    @Test func `a picture in a folder that is no job leaves with the job that names it`() throws {
        try run(["flat.yaml": "sub/p.png", "sub/p.png": "picture p", "sub/deep/job.yaml": "x.png"])
        #expect(try disk.results().count == 1)
        #expect(try disk.names(in: Layout.inbox / "sub").map(\.text) == ["deep"])
    }
}
