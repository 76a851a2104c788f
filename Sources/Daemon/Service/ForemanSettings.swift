/// How the daemon as a whole behaves.
package struct ForemanSettings: Equatable, Sendable {
    /// Whether to end when nothing is left to do.
    package var once: Bool
    /// So long work may go on after the daemon was asked to end.
    package var drain: Duration
    /// Whether running jobs go on without the daemon, so that it need not wait for them.
    package var leavesJobs: Bool
    /// Bytes that must stay free on the disk.
    package var reserve: Int
    /// How often to look at the Inbox when nothing is reported.
    package var rescan: Duration
    /// The same where changes are not reported at all.
    package var poll: Duration
    package var pid: Int
    /// When the disk has not answered for so long, the daemon counts as hung.
    package var standstill: Duration

    package init(
        once: Bool = false, drain: Duration = .seconds(30), leavesJobs: Bool = false,
        reserve: Int = 256 << 20,
        rescan: Duration = .seconds(30), poll: Duration = .seconds(5), pid: Int = 0,
        standstill: Duration = .seconds(3600)
    ) {
        self.once = once
        self.drain = drain
        self.leavesJobs = leavesJobs
        self.reserve = reserve
        self.rescan = rescan
        self.poll = poll
        self.pid = pid
        self.standstill = standstill
    }
}
