/// What a service manager is told, and when; pure, so that every moment can be tested.
package struct ServiceNotices: Sendable {
    /// How the daemon is.
    package struct State: Sendable {
        /// Whether it has recovered and looked at the Inbox once.
        package var isReady: Bool
        package var isEnding: Bool
        /// Whether it has got no answer from its disk for longer than any step takes.
        package var isStuck: Bool

        package init(isReady: Bool, isEnding: Bool, isStuck: Bool) {
            self.isReady = isReady
            self.isEnding = isEnding
            self.isStuck = isStuck
        }
    }

    /// How often more time is asked for, and how much, while the daemon starts or ends.
    package static let extensionPause = Duration.seconds(10)
    package static let extended = "EXTEND_TIMEOUT_USEC=60000000"
    /// How often the text may change.
    private static let textPause = Duration.seconds(1)
    /// How many bytes of the text are told: a manager drops messages of more than 4096 whole.
    private static let longestText = 1000

    /// How often a sign of life is due: twice in the time of the service manager.
    private let pulse: Duration?
    private var isReady = false
    private var isEnding = false
    private var text = ""
    private var nextText = Duration.zero
    private var nextPulse = Duration.zero
    private var nextExtension = Duration.zero

    package init(watchdog: Duration?) {
        pulse = watchdog.map { $0 / 2 }
    }

    /// What to tell now, when the daemon has just got something done.
    ///
    /// - Parameters:
    ///   - state: how the daemon is.
    ///   - now: a time of the monotonic clock.
    ///   - sentence: a short text for people; asked for only when it may be told.
    /// - Returns: assignments; none when there is nothing new.
    package mutating func assignments(
        _ state: State, at now: Duration, sentence: @autoclosure () -> String
    ) -> [String] {
        var told: [String] = []
        if state.isReady, !isReady {
            isReady = true
            told.append("READY=1")
        }
        if state.isEnding, !isEnding {
            isEnding = true
            told.append("STOPPING=1")
            nextText = now
            nextExtension = now
        }
        if asksForTime, now >= nextExtension {
            nextExtension = now + Self.extensionPause
            if !state.isStuck { told.append(Self.extended) }
        }
        if let pulse, isReady, now >= nextPulse {
            nextPulse = now + pulse
            if !state.isStuck { told.append("WATCHDOG=1") }
        }
        return told + newText(at: now, sentence)
    }

    private mutating func newText(at now: Duration, _ sentence: () -> String) -> [String] {
        guard now >= nextText else { return [] }
        let found = sentence()
        guard found != text else { return [] }
        text = found
        nextText = now + Self.textPause
        // Names of submitters are in it: a line of its own would be an assignment, such as
        // `WATCHDOG=trigger`, which ends the service.
        return ["STATUS=\(Self.shortened(found.inOneLine))"]
    }

    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > longestText else { return text }
        var bytes = 0
        let kept = text.unicodeScalars.prefix { scalar in
            bytes += UTF8.width(scalar)
            return bytes <= longestText
        }
        return "\(Substring(kept)) […]"
    }

    /// Whether a service manager is counting: a first look at a large Inbox takes longer than it
    /// grants.
    private var asksForTime: Bool { !isReady || isEnding }

    /// When something will be due although nothing happens; nil when nothing will.
    package var nextDue: Duration? {
        [pulse == nil || !isReady ? nil : nextPulse, asksForTime ? nextExtension : nil]
            .compactMap { $0 }.min()
    }
}
