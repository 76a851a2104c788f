import Foundation
import Programs
import TestSupport
import Testing

@Suite struct InstallationTests {
    @Test func `a program beside this one is found before others`() throws {
        let own = try #require(
            URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path.split(separator: "/")
                .last)
        #expect(
            Installation.program(String(own), searchPath: "/bin") == Installation.folder + "/" + own
        )
        #expect(Installation.program("sh", searchPath: "/nowhere:/bin") == "/bin/sh")
        #expect(Installation.program("no-such-program", searchPath: "/bin") == nil)
    }

    @Test func `folders of the source tree are found from within its build`() {
        #expect(Installation.folders(named: "etc").contains { $0.hasSuffix("/etc") })
        #expect(Installation.folders(named: "no-such-folder") == [])
    }

    @Test(arguments: [
        ("/usr/bin", ["/usr/share/sluice/Models"]),
        ("/opt/s/lib/sluice", ["/opt/s/share/sluice/Models"]),
        (
            "/s/.build/x/release",
            ["/s/.build/x/share/sluice/Models", "/s/Models"]
        ),
    ])
    func `folders lie in the prefix, and in the tree`(_ folder: String, _ found: [String]) {
        #expect(Installation.folders(named: "Models", for: folder) == found)
    }

    @Test func `findings are one line, and one more with a remedy`() {
        let good = Finding("libtorch", .works, "version 2")
        #expect(good.text == "ok       libtorch        version 2")
        let bad = Finding("libtorch", .fails, "missing", remedy: "install it")
        #expect(bad.text == "FAILS    libtorch        missing\n         → install it")
        #expect(Finding("a very long subject", .warning, "x").text.hasSuffix("subject x"))
    }
}
