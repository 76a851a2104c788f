import Daemon
import Testing

@Suite struct ServiceNoticesTests {
    private typealias State = ServiceNotices.State

    private let more = "EXTEND_TIMEOUT_USEC=60000000"
    private let starting = State(isReady: false, isEnding: false, isStuck: false)
    private let working = State(isReady: true, isEnding: false, isStuck: false)
    private let stuck = State(isReady: true, isEnding: false, isStuck: true)
    private let ending = State(isReady: true, isEnding: true, isStuck: false)

    /// What is told in every second of `seconds`, when nothing but time changes.
    private func told(
        _ notices: inout ServiceNotices, _ state: ServiceNotices.State, seconds: Range<Int>
    ) -> [Int: [String]] {
        var found: [Int: [String]] = [:]
        for second in seconds {
            let assignments = notices.assignments(state, at: .seconds(second), sentence: "no jobs")
            if !assignments.isEmpty { found[second] = assignments }
        }
        return found
    }

    @Test func `the service is ready once, and not before it is`() {
        var notices = ServiceNotices(watchdog: nil)
        let before = told(&notices, starting, seconds: 0..<5)
        #expect(before == [0: [more, "STATUS=no jobs"]])
        let after = told(&notices, working, seconds: 5..<100)
        #expect(after == [5: ["READY=1"]])
    }

    @Test func `signs of life come twice in the time of the service manager, and only when ready`()
    {
        var notices = ServiceNotices(watchdog: .seconds(20))
        let before = told(&notices, starting, seconds: 0..<50)
        #expect(before.values.allSatisfy { !$0.contains("WATCHDOG=1") })
        let signs = told(&notices, working, seconds: 50..<75)
        #expect(
            signs == [50: ["READY=1", "WATCHDOG=1"], 60: ["WATCHDOG=1"], 70: ["WATCHDOG=1"]])
        #expect(notices.nextDue == .seconds(80))
    }

    @Test func `a daemon whose disk hangs gives no sign of life`() {
        var notices = ServiceNotices(watchdog: .seconds(20))
        _ = told(&notices, working, seconds: 0..<10)
        let silence = told(&notices, stuck, seconds: 10..<200)
        #expect(silence == [:])
        // It does not ask again and again either.
        #expect(notices.nextDue == .seconds(200))
        let signs = told(&notices, working, seconds: 200..<205)
        #expect(signs == [200: ["WATCHDOG=1"]])
    }

    @Test func `until it is ready, the daemon asks for more time, but not when its disk hangs`() {
        var notices = ServiceNotices(watchdog: .seconds(20))
        let asked = told(&notices, starting, seconds: 0..<25)
        #expect(asked == [0: [more, "STATUS=no jobs"], 10: [more], 20: [more]])
        #expect(notices.nextDue == .seconds(30))
        let hanging = State(isReady: false, isEnding: false, isStuck: true)
        #expect(told(&notices, hanging, seconds: 25..<55) == [:])
        #expect(notices.nextDue == .seconds(60))
        let ready = told(&notices, working, seconds: 55..<70)
        #expect(ready == [55: ["READY=1", "WATCHDOG=1"], 65: ["WATCHDOG=1"]])
        // Somebody who asks it to end counts from then on.
        #expect(told(&notices, ending, seconds: 70..<71) == [70: ["STOPPING=1", more]])
    }

    @Test func `while it ends, the daemon asks for more time`() {
        var notices = ServiceNotices(watchdog: nil)
        _ = told(&notices, working, seconds: 0..<10)
        let asked = told(&notices, ending, seconds: 10..<35)
        #expect(asked == [10: ["STOPPING=1", more], 20: [more], 30: [more]])
        #expect(notices.nextDue == .seconds(40))
    }

    @Test func `the text is told when it changes, at most once a second and on one line`() {
        var notices = ServiceNotices(watchdog: nil)
        let texts = [(0, "a"), (500, "b"), (1000, "b\nREADY=1"), (2000, "b\nREADY=1")]
        let told = texts.map { milliseconds, text in
            notices.assignments(starting, at: .milliseconds(milliseconds), sentence: text)
        }
        #expect(told == [[more, "STATUS=a"], [], ["STATUS=b | READY=1"], []])
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\n\r"])
    func `no name in the text is an assignment of its own`(_ end: String) {
        var notices = ServiceNotices(watchdog: nil)
        let text = "Inbox/a\(end)WATCHDOG=trigger\(end)x may not be moved"
        let told = notices.assignments(starting, at: .zero, sentence: text)
        #expect(told == [more, "STATUS=Inbox/a | WATCHDOG=trigger | x may not be moved"])
    }

    @Test func `a long text is cut, so that the message is not too long for systemd`() {
        var notices = ServiceNotices(watchdog: nil)
        let text = String(repeating: "a\u{301}\u{1}", count: 1000)
        let told = notices.assignments(working, at: .zero, sentence: text)
        #expect(told.first == "READY=1")
        #expect(told.last?.hasSuffix(" […]") == true)
        #expect(told.joined().utf8.count < 1100)
    }
}
