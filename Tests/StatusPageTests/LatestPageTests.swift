import Glibc
import StatusPage
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct LatestPageTests {
    /// What a page is made of, and how often it was.
    private final class Source: Sendable {
        let makings = Mutex(0)
        let text = Mutex("a")

        var count: Int { makings.withLock { $0 } }

        func make() -> String {
            makings.withLock { $0 += 1 }
            usleep(20_000)
            return text.withLock { $0 }
        }
    }

    private let source = Source()

    private var page: LatestPage { LatestPage { [source] in source.make() } }

    @Test func `nothing is made before somebody asks`() async {
        let page = page
        #expect(source.count == 0)
        #expect(await page.edition(since: .now).html == "a")
        #expect(source.count == 1)
    }

    @Test func `it is made once for all who ask`() async {
        let page = page
        let start = ContinuousClock.now
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<32 { group.addTask { await page.edition(since: start).html } }
            for await html in group { #expect(html == "a") }
        }
        #expect(source.count == 1)
    }

    @Test func `who asks for what is now gets nothing older`() async {
        let page = page
        let first = await page.edition(since: .now)
        source.text.withLock { $0 = "b" }
        #expect(await page.edition(since: .now - .seconds(60)).html == "a")
        let second = await page.edition(since: .now)
        #expect(second.html == "b" && second.number != first.number)
    }

    @Test func `the number stays as long as nothing changes, and an event is one line`() async {
        let page = page
        source.text.withLock { $0 = "a\r\ndata: b\rc" }
        let first = await page.edition(since: .now)
        let second = await page.edition(since: .now)
        #expect(source.count == 2 && first.number == second.number)
        #expect(first.event == Array("data: \"a\\r\\ndata: b\\rc\"\n\n".utf8))
    }
}
