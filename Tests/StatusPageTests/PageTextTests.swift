import Daemon
import Foundation
import Jobs
import StatusPage
import TestSupport
import Testing

@Suite struct PageTextTests {
    @Test func `addresses hold any name`() {
        #expect(
            RelativeAddress(["a b", "ü?#%", "c.png"]).description
                == "a%20b/%C3%BC%3F%23%25/c.png")
    }

    @Test func `the status is shown where the lock cannot be seen`() throws {
        try withTemporaryDirectory { root in
            let files = try LinuxFileSystem(root: root.path)
            for folder in [Layout.outbox, Layout.work] { try files.createFolder(folder) }
            // Root may see everything; a link that leads nowhere nobody may.
            #expect(symlink("alive", root.appending(path: "\(Layout.alive)").path) == 0)
            var status = StatusDocument(
                activity: .running, pid: 1, started: 0, updated: 0, watching: "inotify")
            status.running = [
                .init(
                    id: "i1", name: "job", state: .running, attempts: 1, waitsFor: nil,
                    progress: nil)
            ]
            try files.create(Layout.status, holding: Array(JSONEncoder().encode(status)))
            let content = try PageContent(files, root: "here")
            #expect(content.isWorking == nil && content.status == status)
            let html = PageText(content).html
            #expect(html.contains("Cannot see whether the daemon runs"), "\(html)")
            #expect(html.contains("<b>job</b>"))
        }
    }

    @Test func `a status becomes sections`() throws {
        try withTemporaryDirectory { root in
            let files = try LinuxFileSystem(root: root.path)
            let empty = try PageContent(files, root: "here")
            #expect(PageText(empty).html.contains("No daemon has worked on here yet."))
            var content = empty
            var status = StatusDocument(
                activity: .paused, pid: 1, started: 0, updated: 0, watching: "polling: <nfs>")
            status.warnings = ["the disk <full>"]
            let progress = StatusDocument.Progress(
                WorkerEvent.Progress(
                    request: 1, picture: "p", done: 1, of: 3, iteration: 28, iterations: 100,
                    rate: 9.04, secondsLeft: 12))
            status.running = [
                .init(
                    id: "i1", name: "a<b", state: .running, attempts: 1, waitsFor: nil,
                    progress: progress),
                .init(
                    id: "i3", name: "s", state: .running, attempts: 1,
                    waitsFor: "Slurm, which has suspended job 7", progress: progress),
            ]
            status.queue = [
                .init(
                    id: "i2", name: "q", state: .ready, attempts: 0, waitsFor: "a model",
                    progress: nil)
            ]
            content.status = status
            content.isWorking = true
            let html = PageText(content).html
            for part in [
                "The daemon is paused (polling: &lt;nfs&gt;)", "the disk &lt;full&gt;", "a&lt;b",
                "42 %, 1 of 3 pictures, 9.0 iterations/s, 12 s left", "value=\"42\"", "a model",
                "waits for Slurm, which has suspended job 7",
            ] {
                #expect(html.contains(part), "\(part) in \(html)")
            }
            #expect(!html.contains("<nfs>") && !html.contains("<full>"))
        }
    }
}
