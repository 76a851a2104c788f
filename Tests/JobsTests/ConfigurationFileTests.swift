import Foundation
import Jobs
import TestSupport
import Testing
import YAML

@Suite struct ConfigurationFileTests {
    private func write(_ text: String, _ path: String, in folder: URL) throws -> String {
        let url = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    @Test func `without a file everything has its default`() throws {
        try withTemporaryDirectory { folder in
            let file = try ConfigurationFile(path: nil, root: folder.path)
            #expect(file.path == nil)
            #expect(file.spec == ConfigurationSpec())
            #expect(file.folder == "." && file.root == ".")
        }
    }

    @Test func `paths are relative to the folder of the file`() throws {
        try withTemporaryDirectory { folder in
            let path = try write("root: ..\n", "etc/sluice.yaml", in: folder)
            let file = try ConfigurationFile(path: nil, root: folder.path)
            #expect(file.path == path)
            #expect(file.root == "\(folder.path)/etc/..")
        }
        #expect(ConfigurationFile.join("/etc/sluice", "tell") == "/etc/sluice/tell")
        #expect(ConfigurationFile.join("/etc/sluice", "/bin/true") == "/bin/true")
    }

    @Test func `a link that leads nowhere is not taken for no file`() throws {
        try withTemporaryDirectory { folder in
            let path = try write("", "etc/sluice.yaml", in: folder)
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "\(folder.path)/none.yaml")
            #expect(throws: JobError(.missing, file: path)) {
                try ConfigurationFile(path: nil, root: folder.path)
            }
        }
    }

    @Test func `a file that is named must be there`() {
        let missing = JobError(.missing, file: "/nowhere/sluice.yaml")
        #expect(throws: missing) {
            try ConfigurationFile(path: "/nowhere/sluice.yaml", root: "/")
        }
    }

    @Test func `the installed configuration counts for its own root`() throws {
        try withTemporaryDirectory { folder in
            let text = "root: \(folder.path)\nattempts: 7\n"
            let installed = try write(text, "installed/sluice.yaml", in: folder)
            let link = folder.appending(path: "link")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder)
            for root in [folder.path, link.path] {
                let file = try ConfigurationFile(root: root, installed: installed)
                #expect(file.path == installed)
                #expect(file.spec.attempts == 7)
            }
            let other = folder.appending(path: "installed").path
            #expect(try ConfigurationFile(root: other, installed: installed).path == nil)
        }
    }

    @Test func `a configuration of the root goes before the installed one`() throws {
        try withTemporaryDirectory { folder in
            let installed = try write("root: \(folder.path)\n", "installed.yaml", in: folder)
            let own = try write("attempts: 3\n", "etc/sluice.yaml", in: folder)
            #expect(try ConfigurationFile(root: folder.path, installed: installed).path == own)
        }
    }

    @Test func `a mistake in the installed configuration is reported`() throws {
        try withTemporaryDirectory { folder in
            let installed = try write("rooot: /srv\n", "installed.yaml", in: folder)
            #expect(throws: JobError.self) {
                try ConfigurationFile(root: folder.path, installed: installed)
            }
        }
    }

    @Test(arguments: ["", "\n", "# nothing\n# at all\n", "---\n", "\u{FEFF}# a mark\n", "~\n"])
    func `a file that says nothing means every default`(_ text: String) throws {
        try withTemporaryDirectory { folder in
            let path = try write(text, "etc/sluice.yaml", in: folder)
            let file = try ConfigurationFile(path: nil, root: folder.path)
            #expect(file.path == path)
            #expect(file.spec == ConfigurationSpec())
            #expect(file.place(of: ["root"]) == nil)
        }
    }

    @Test(arguments: ["[]\n", "nothing\n", "\"\"\n", "---\n---\n"])
    func `a file that says something else is still refused`(_ text: String) throws {
        try withTemporaryDirectory { folder in
            _ = try write(text, "etc/sluice.yaml", in: folder)
            #expect(throws: JobError.self) {
                try ConfigurationFile(path: nil, root: folder.path)
            }
        }
    }

    @Test func `the place of what a key says is known`() throws {
        try withTemporaryDirectory { folder in
            let text = "# first\non_success:   tell\nexecutor:\n  slurm:\n    gres: gpu:1\n"
            let path = try write(text, "etc/sluice.yaml", in: folder)
            let file = try ConfigurationFile(path: nil, root: folder.path)
            #expect(file.place(of: ["on_success"])?.description == "\(path):2:15")
            #expect(file.place(of: ["executor", "slurm", "gres"])?.description == "\(path):5:11")
            #expect(file.place(of: ["executor", "local"])?.description == "\(path):4:3")
            #expect(file.place(of: ["on_failure"]) == nil)
            #expect(file.mistake(of: ["on_success"], "a", "b") == "\(path):2:15: a; b")
            #expect(file.mistake(of: ["on_failure"], "a", "b") == "a; b")
        }
    }
}
