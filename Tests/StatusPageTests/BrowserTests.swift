import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

/// What people see, in Chromium where it is installed.
@Suite(
    .serialized, .timeLimit(.minutes(10)),
    .enabled(if: Browser.program != nil, "there is no chromium"))
struct BrowserTests {
    private static let id = "20260102-000000-00000c"

    /// A gray picture of one pixel.
    private static let pixel = """
        iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==
        """

    /// Shows the page of a root with a running job in a browser.
    private func withBrowser(
        hasScripts: Bool = true, _ body: (ServedRoot, Browser) throws -> Void
    ) throws {
        try withTemporaryDirectory { folder in
            let root = folder.appending(path: "root")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: false)
            let page = try ServedRoot(root)
            for folder in [Layout.jobs, Layout.job(Self.id), Layout.run(Self.id, 1)] {
                try page.files.createFolder(folder)
            }
            try show(page, waiting: "slow.yaml")
            let lock = try page.files.lock()
            let browser = try Browser(
                #require(Browser.program), at: "http://localhost:\(page.port)/",
                in: folder.appending(path: "profile"), hasScripts: hasScripts)
            try withExtendedLifetime(lock) { try body(page, browser) }
        }
    }

    private func show(_ page: ServedRoot, waiting: String) throws {
        let pixel = try #require(Data(base64Encoded: Self.pixel))
        try page.files.replace(Layout.run(Self.id, 1) / LivePicture.name, with: Array(pixel))
        try page.writeStatus(waiting: waiting, running: [Self.id: 1])
    }

    @Test func `the page changes by itself, and only where something has changed`() throws {
        try withBrowser { page, browser in
            let live = "document.querySelector('img.live')"
            #expect(try browser.waits(for: "\(live)?.naturalWidth == 1"))
            #expect(try browser.waits(for: "document.body.innerText.includes('slow.yaml')"))
            let keeping = """
                (window.results = document.getElementById('results')) \
                && (window.address = \(live).src)
                """
            #expect(try browser.waits(for: keeping))
            try show(page, waiting: "quick.yaml")
            #expect(try browser.waits(for: "document.body.innerText.includes('quick.yaml')"))
            #expect(try browser.waits(for: "\(live).src != address"))
            #expect(try browser.waits(for: "\(live).naturalWidth == 1"))
            #expect(try browser.waits(for: "document.getElementById('results') === results"))
        }
    }

    @Test func `the page changes without scripts too`() throws {
        try withBrowser(hasScripts: false) { page, browser in
            #expect(try browser.waits(for: "document.body.innerText.includes('slow.yaml')"))
            try show(page, waiting: "quick.yaml")
            #expect(try browser.waits(for: "document.body.innerText.includes('quick.yaml')"))
        }
    }
}
