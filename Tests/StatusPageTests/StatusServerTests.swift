import Daemon
import Foundation
import Jobs
import StatusPage
import TestSupport
import Testing

/// The real program, asked over real connections.
@Suite(.serialized, .timeLimit(.minutes(10))) struct StatusServerTests {
    private func withPage(_ body: (ServedRoot) throws -> Void) throws {
        try withTemporaryDirectory { try body(ServedRoot($0)) }
    }

    @Test func `the page tells of jobs, and loads itself again without JavaScript`() throws {
        try withPage { page in
            let text = page.get("/")
            #expect(text.hasPrefix("HTTP/1.1 200"))
            for part in [
                "The daemon is not running", "slow.yaml", "p.png", "faces",
                "1 picture, 2.5 s, PSNR 30.50 dB", "http-equiv=\"refresh\"",
                "src=\"results/faces--20260101-000000-00000a/restored/a%201.png\"",
            ] {
                #expect(text.contains(part), "\(part)")
            }
            #expect(page.get("/page.js").contains("EventSource"))
            #expect(page.get("/page.css").contains("text/css"))
        }
    }

    @Test func `pictures and reports are sent, and nothing else of the root`() throws {
        try withPage { page in
            let result = "/results/\(ServedRoot.finished)"
            #expect(page.get("\(result)/restored/a%201.png").hasSuffix("PICTURE"))
            let report = page.get("\(result)/report.html")
            #expect(report.hasSuffix("<p>report"))
            #expect(report.contains("sandbox"))
            for path in [
                "\(result)/inputs/a.png", "\(result)/result.json", "\(result)/restored/b.png",
                "\(result)/restored/../inputs/a.png", "\(result)/restored/%2E%2E/inputs/a.png",
                "/results/../.work/secret.png", "/results/..%2F.work/secret.png",
                "/results/\(ServedRoot.finished)%2F..%2F..%2F.work/restored/secret.png",
                "\(result)/restored%2F%2E%2E%2Finputs/a.png", "\(result)/restored/a%25201.png",
                "\(result)/restored/a%201.png%00", "\(result)/restored/%00/a%201.png",
                "/results/%252E%252E/.work/secret.png", "/status.json", "/results", "/results/",
                "/etc/passwd", "//",
            ] {
                let text = page.get(path)
                #expect(!text.contains("SECRET") && !text.contains("NOT SHOWN"), "\(path)")
                #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 404"), "\(path): \(text)")
            }
        }
    }

    @Test(arguments: ["noise50%", "per%41cent"])
    func `names may have percent signs`(_ name: String) throws {
        try withPage { page in
            let result = "\(name)--20260101-000002-00000d"
            let folder = Layout.outbox / result / "restored"
            try page.files.createFolder(Layout.outbox / result)
            try page.files.createFolder(folder)
            try page.files.create(folder / "a%20b.png", holding: Array("PERCENT".utf8))
            let address = RelativeAddress(["results", result, "restored", "a%20b.png"])
            #expect(page.get("/").contains("src=\"\(address)\""))
            #expect(page.get("/\(address)").hasSuffix("PERCENT"))
        }
    }

    @Test func `a head is that of the page, without a body`() throws {
        try withPage { page in
            let head = RawRequest("/page.css", method: "HEAD").answer(from: page.port)
            #expect(head.hasPrefix("HTTP/1.1 200") && head.hasSuffix("\r\n\r\n"), "\(head)")
            #expect(head.contains("Content-Length: \(PageFrame.style.utf8.count)\r\n"))
            let events = RawRequest("/events", method: "HEAD").answer(from: page.port)
            #expect(events.contains("text/event-stream") && events.hasSuffix("\r\n\r\n"))
            let none = RawRequest("/none", method: "HEAD").answer(from: page.port)
            #expect(none.hasPrefix("HTTP/1.1 404") && none.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func `other hosts and other methods are refused`() throws {
        try withPage { page in
            #expect(page.get("/", host: "evil.example").hasPrefix("HTTP/1.1 403"))
            #expect(page.get("/", host: "127.0.0.1:\(page.port)").hasPrefix("HTTP/1.1 200"))
            #expect(page.get("/", host: "LocalHost").hasPrefix("HTTP/1.1 200"))
            let post = RawRequest("/", method: "POST").answer(from: page.port)
            #expect(post.hasPrefix("HTTP/1.1 405") && post.contains("Allow: GET, HEAD\r\n"))
        }
    }

    @Test func `an event comes at once, and another when something has changed`() throws {
        try withPage { page in
            let text = RawRequest("/events").answer(from: page.port) { text in
                if text.contains("slow.yaml"), !text.contains("quick.yaml") {
                    try? page.writeStatus(waiting: "quick.yaml")
                }
                return text.contains("quick.yaml")
            }
            #expect(text.contains("text/event-stream"))
            #expect(text.contains("data: "))
            #expect(text.contains("slow.yaml") && text.contains("quick.yaml"))
        }
    }

    @Test func `the page answers beside as many listeners as there may be`() throws {
        try withPage { page in
            let listeners = try (0..<32).map { _ in
                let listener = try #require(RawConnection(to: page.port))
                #expect(listener.send(Array(RawRequest("/events").text.utf8)))
                return listener
            }
            for listener in listeners {
                var text = ""
                while !text.contains("slow.yaml") {
                    let bytes = listener.receive()
                    if bytes.isEmpty { break }
                    text += String(decoding: bytes, as: UTF8.self)
                }
                #expect(text.contains("slow.yaml"))
            }
            for path in ["/page.css", "/page.js", "/"] {
                #expect(page.get(path).hasPrefix("HTTP/1.1 200"), "\(path)")
            }
            #expect(page.get("/events").hasPrefix("HTTP/1.1 503"))
        }
    }
}
