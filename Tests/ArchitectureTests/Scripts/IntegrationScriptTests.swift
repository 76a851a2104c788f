import Foundation
import Testing

/// `.ci/run` and `make test` in a clone, with a `swift` that only pretends.
@Suite(.timeLimit(.minutes(20))) struct IntegrationScriptTests {
    private let passing = "✔ Test \"a\" passed after 0.001 seconds."
    private let failing = "✘ Test \"b\" failed after 0.001 seconds with 1 issue."
    private let closing = "✘ Test run with 2 tests in 1 suite ended after 0.001 seconds."

    /// Runs `.ci/run` in a clone whose `swift test` does `test`.
    private func integrate(
        _ test: String, faults: String = "exit 0", files: [String: String] = [:]
    ) throws -> Script.Outcome {
        let clone = [
            "clone/.libtorch/version": "2.13.0+cpu\n", "clone/log": "\(passing)\n\(closing)\n",
            "clone/failures": "\(passing)\n\(failing)\n\(closing)\n",
        ]
        return try withTree(files.merging(clone) { own, _ in own }) { tree in
            let clone = Tree(root: tree.url("clone"))
            let script = try Script(".ci/run", in: clone)
            for path in ["Makefile", "Scripts/install-packages", "Scripts/install-libtorch"]
                + ["Scripts/test", "Scripts/test-summary", "Scripts/faults"]
            {
                _ = try Script(path, in: clone)
            }
            try script.pretend(
                ["swift": "[ \"$1\" = test ] || exit 64\n\(test)", "apt-get": ""])
            // Faults have a harness of their own, which takes minutes.
            try FileManager.default.createDirectory(
                at: clone.url("Tests"), withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                at: clone.url("Tests/Faults"), withDestinationURL: clone.url("bin"))
            try script.pretend(["run": faults])
            return try script.run()
        }
    }

    /// The daemon's tests and those of Slurm are runs of their own, which have nothing to say.
    private let once = "case \"$*\" in *--filter*) exit 0 ;; esac"

    @Test func `the tests of all runs are counted`() throws {
        let outcome = try integrate("cat log")
        #expect(outcome.output.hasSuffix("\(closing)\n3 passed, 0 failed, 0 skipped\n"))
        let broken = try integrate(
            "case \"$*\" in *--filter*) cat failures; exit 1 ;; esac; cat log")
        #expect(broken.status != 0)
        #expect(broken.output.hasSuffix("\(closing)\n3 passed, 2 failed, 0 skipped\n"))
    }

    @Test func `the summary comes last, and all is well`() throws {
        let outcome = try integrate("\(once); cat log")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasSuffix("\(closing)\n1 passed, 0 failed, 0 skipped\n"))
    }

    @Test func `the summary comes last when tests fail`() throws {
        let outcome = try integrate("\(once); cat failures; exit 1")
        #expect(outcome.status != 0)
        #expect(outcome.output.hasSuffix("\(closing)\n1 passed, 1 failed, 0 skipped\n"))
    }

    @Test func `faults that do harm are a failure`() throws {
        #expect(try integrate("\(once); cat log", faults: "exit 1").status != 0)
    }

    @Test(arguments: ["exit 1", "echo no tests", "cat failures", "cat log; kill -9 $$"])
    func `what is no success is a failure`(_ test: String) throws {
        #expect(try integrate(test).status != 0)
    }

    @Test func `data sets are found beside the clone`() throws {
        let outcome = try integrate(
            "echo \"data in $SLUICE_DATA\"; cat log", files: ["shared/data/README.md": ""])
        #expect(outcome.output.contains("/shared/data\n"))
        let without = try integrate("echo \"data in $SLUICE_DATA.\"; cat log")
        #expect(without.output.contains("data in .\n"))
        #expect(without.output.contains("tests that need data sets are skipped"))
    }
}
