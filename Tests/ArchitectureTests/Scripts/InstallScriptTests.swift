import Foundation
import Testing

@Suite(.timeLimit(.minutes(20))) struct InstallScriptTests {
    /// Programs that every system has, so that no other is found.
    private func withTools<Result>(
        _ script: String, _ files: [String: String] = [:], _ body: (Script) throws -> Result
    ) throws -> Result {
        try withTree(files) { tree in
            let script = try Script(script, in: tree)
            let tools = ["sh", "cat", "dirname", "env", "true"].map {
                ($0, "exec /usr/bin/\($0) \"$@\"")
            }
            try script.pretend(Dictionary(uniqueKeysWithValues: tools))
            return try body(script)
        }
    }

    @Test func `nothing is done where nothing is missing`() throws {
        try withTree([:]) { tree in
            let script = try Script("Scripts/install-packages", in: tree)
            try script.pretend(["apt-get": "echo called; exit 1", "sudo": "echo called; exit 1"])
            let outcome = try script.run()
            #expect(outcome.status == 0)
            #expect(outcome.output == "")
        }
    }

    @Test func `without apt-get the packages are named`() throws {
        try withTools("Scripts/install-packages") { script in
            let outcome = try script.run(["libone-dev", "libtwo-dev"], search: "")
            #expect(outcome.status == 69)
            #expect(outcome.errors.contains("missing: libone-dev libtwo-dev; there is no apt-get"))
        }
    }

    @Test func `without root and sudo the command is named`() throws {
        try withTools("Scripts/install-packages") { script in
            try script.pretend(["apt-get": "exit 1", "id": "echo 1000"])
            let outcome = try script.run(["libone-dev"], search: "")
            #expect(outcome.status == 77)
            #expect(outcome.errors.contains("as root, run: apt-get install libone-dev"))
        }
    }

    @Test func `sudo is asked where there is one, and packages are announced`() throws {
        try withTools("Scripts/install-packages") { script in
            let apt = "echo \"$@\" >> \"$HOME/calls\""
            try script.pretend(["apt-get": apt, "id": "echo 1000", "sudo": "exec \"$@\""])
            let outcome = try script.run(["libone-dev", "libtwo-dev"], search: "")
            #expect(outcome.status == 0)
            #expect(outcome.output == "packages: installing with apt-get: libone-dev libtwo-dev\n")
            let install = "-qq install --yes --no-install-recommends libone-dev libtwo-dev"
            let calls = try script.tree.text("calls")
            #expect(calls == "-qq update\n\(install)\n")
        }
    }

    @Test func `packages that cannot be installed are an error`() throws {
        try withTools("Scripts/install-packages") { script in
            try script.pretend(["apt-get": "exit 100", "id": "echo 0"])
            let outcome = try script.run(["libone-dev"], search: "")
            #expect(outcome.status == 69)
            #expect(outcome.errors.contains("could not install: libone-dev"))
        }
    }

    @Test func `an installed libtorch needs no network`() throws {
        let installed = [".libtorch/version": "2.13.0+cpu\n"]
        try withTools("Scripts/install-libtorch", installed) { script in
            let outcome = try script.run(search: "")
            #expect(outcome.status == 0)
            #expect(outcome.output == "")
        }
    }

    @Test func `a wrong LIBTORCH is an error`() throws {
        try withTools("Scripts/install-libtorch") { script in
            let environment = ["LIBTORCH": "/nowhere"]
            let outcome = try script.run(search: "", environment: environment)
            #expect(outcome.status == 78)
            #expect(outcome.errors.contains("/nowhere holds no lib/libtorch_cpu.so"))
        }
    }
}
