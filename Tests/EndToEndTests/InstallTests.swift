import Foundation
import TestSupport
import Testing

/// `make install`, with the programs that were built together with the tests.
@Suite(.serialized, .timeLimit(.minutes(20))) struct InstallTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func install(
        _ destination: URL, prefix: String, with script: String = "install"
    ) throws -> BuiltProgram.Outcome {
        var environment = ProcessInfo.processInfo.environment
        environment["DESTDIR"] = destination.path
        environment["PREFIX"] = prefix
        environment["BUILT"] = RunningDaemon.programs.path
        let script = Self.repository.appending(path: "Scripts/\(script)")
        return try BuiltProgram(at: script).run([], in: destination, environment: environment)
    }

    private func text(_ path: String, in folder: URL) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    @Test func `everything is where Debian expects it, and works from there`() throws {
        try withTemporaryDirectory { folder in
            let outcome = try install(folder, prefix: "/usr")
            #expect(outcome.status == 0, "\(outcome.errors)")
            for path in [
                "usr/bin/sluice", "usr/bin/sluiced", "usr/bin/sluice-worker",
                "usr/lib/sluice/libtorch_cpu.so", "usr/lib/systemd/system/sluiced.service",
                "usr/bin/sluice-page", "usr/lib/systemd/system/sluice-page.service",
                "usr/lib/sysusers.d/sluice.conf", "usr/lib/tmpfiles.d/sluice.conf",
                "usr/share/man/man1/sluice-submit.1", "usr/share/man/man8/sluiced.8",
                "usr/share/bash-completion/completions/sluice",
                "usr/share/bash-completion/completions/sluice-page",
                "usr/share/zsh/vendor-completions/_sluiced",
                "usr/share/fish/vendor_completions.d/sluice.fish",
                "usr/share/sluice/Models/mnist/model.json",
                "usr/share/sluice/recipes/mnist.yaml",
                "usr/share/sluice/experiments/whang-sine-denoise.yaml",
                "usr/share/sluice/schema/config.schema.json", "usr/share/sluice/systemd/gpu.conf",
                "usr/share/doc/sluice/LICENSE", "etc/sluice/sluice.yaml",
            ] {
                let url = folder.appending(path: path)
                #expect(FileManager.default.fileExists(atPath: url.path), "\(path)")
            }
            try expectWorks(folder)
            try expectPage(folder.appending(path: "usr/share/man/man1/sluice-submit.1"))
        }
    }

    private func expectWorks(_ folder: URL) throws {
        let sluice = BuiltProgram(at: folder.appending(path: "usr/bin/sluice"))
        let version = try sluice.run(["--version"], in: folder)
        #expect(version.output.hasPrefix("sluice "), "\(version.errors)")
        let configuration = folder.appending(path: "etc/sluice/sluice.yaml").path
        #expect(try sluice.run(["validate", configuration], in: folder).status == 0)
        // The models of the installation are found, and not those of the tree.
        let doctor = try sluice.run(["doctor", "--root", folder.path], in: folder)
        #expect(doctor.status == 0, "\(doctor.output)")
        let models = try sluice.run(["model", "list"], in: folder)
        #expect(models.output.contains("mnist"), "\(models.errors)")
        let job = folder.appending(path: "usr/share/sluice/examples/stripes-on-digits/job.yaml")
        #expect(try sluice.run(["validate", job.path], in: folder).status == 0)
    }

    private func expectPage(_ url: URL) throws {
        let page = try String(contentsOf: url, encoding: .utf8)
        for part in ["NAME", "SYNOPSIS", "DESCRIPTION", "ARGUMENTS", "OPTIONS", "EXIT STATUS"] {
            #expect(page.contains(".SH \(part)\n"), "\(part)")
        }
        #expect(page.contains(".B \\-\\-wait\n"))
    }

    @Test func `no link of the installed manual leads nowhere`() throws {
        try withTemporaryDirectory { folder in
            #expect(try install(folder, prefix: "/usr").status == 0)
            let manual = folder.appending(path: "usr/share/doc/sluice")
            let pages = try FileManager.default.subpathsOfDirectory(atPath: manual.path)
                .filter { $0.hasSuffix(".md") }
            #expect(pages.contains("Docs/results/whang.md") && pages.contains("README.md"))
            for page in pages {
                let place = manual.appending(path: page).deletingLastPathComponent()
                for link in Self.links(try text(page, in: manual)) {
                    let path = "\(place.path)/\(link)"
                    #expect(FileManager.default.fileExists(atPath: path), "\(page): \(link)")
                }
            }
        }
    }

    /// The files that a page of Markdown links to.
    private static func links(_ page: String) -> [String] {
        let prose = page.replacing(/(?s)```.*?```/, with: "").replacing(/`[^`\n]*`/, with: "")
        let links = prose.matches(of: /\]\(([^)\s]+)\)/).map(\.output.1)
        let pictures = prose.matches(of: /(?:src|href)="([^"]+)"/).map(\.output.1)
        return (links + pictures).filter { $0.firstMatch(of: /^[a-z]+:|^#/) == nil }
            .map { String($0.prefix { $0 != "#" }) }
    }

    @Test func `what names a place names that of the prefix`() throws {
        try withTemporaryDirectory { folder in
            #expect(try install(folder, prefix: "/opt/sluice").status == 0)
            let unit = try text("opt/sluice/lib/systemd/system/sluiced.service", in: folder)
            #expect(unit.contains("\nExecStart=/opt/sluice/bin/sluiced --config /etc/sluice/"))
            let configuration = try text("etc/sluice/sluice.yaml", in: folder)
            #expect(configuration.contains("\nroot: /var/lib/sluice\n"))
            #expect(configuration.contains("/opt/sluice/share/sluice/schema/config.schema.json"))
        }
    }

    @Test func `a configuration that is there stays as it is`() throws {
        try withTemporaryDirectory { folder in
            let url = folder.appending(path: "etc/sluice/sluice.yaml")
            #expect(try install(folder, prefix: "/usr").status == 0)
            let new = folder.appending(path: "etc/sluice/sluice.yaml.new").path
            #expect(try install(folder, prefix: "/usr").status == 0)
            #expect(!FileManager.default.fileExists(atPath: new))
            try Data("root: /srv\n".utf8).write(to: url)
            let outcome = try install(folder, prefix: "/usr")
            #expect(outcome.output.contains("stays as it is"))
            #expect(try String(contentsOf: url, encoding: .utf8) == "root: /srv\n")
            #expect(FileManager.default.fileExists(atPath: new))
        }
    }

    @Test func `uninstalling leaves the configuration and nothing else`() throws {
        try withTemporaryDirectory { folder in
            for prefix in ["/usr", "/usr/local"] {
                #expect(try install(folder, prefix: prefix).status == 0)
                let outcome = try install(folder, prefix: prefix, with: "uninstall")
                #expect(outcome.status == 0, "\(outcome.errors)")
                let files = FileManager.default
                let left = try files.subpathsOfDirectory(atPath: folder.path).filter {
                    let path = folder.appending(path: $0).path
                    let kind = try files.attributesOfItem(atPath: path)[.type]
                    return kind as? FileAttributeType != .typeDirectory
                }
                #expect(left.contains("etc/sluice/sluice.yaml"))
                #expect(left.allSatisfy { $0.hasPrefix("etc/sluice/") }, "\(left)")
            }
            #expect(try install(folder, prefix: "/usr", with: "uninstall").status == 66)
        }
    }

    @Test func `everybody may read what root installs, whatever root's files are like`() throws {
        try withTemporaryDirectory { folder in
            let script = Self.repository.appending(path: "Scripts/install").path
            let outcome = try BuiltProgram(at: URL(filePath: "/bin/sh")).run(
                ["-c", "umask 077; exec \"$0\"", script], in: folder,
                environment: ProcessInfo.processInfo.environment.merging([
                    "DESTDIR": folder.path, "BUILT": RunningDaemon.programs.path,
                ]) { $1 })
            #expect(outcome.status == 0, "\(outcome.errors)")
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: folder.appending(path: path).path)
                let mode = try #require(attributes[.posixPermissions] as? Int)
                #expect(mode & 0o044 == 0o044, "\(path)")
            }
        }
    }
}
