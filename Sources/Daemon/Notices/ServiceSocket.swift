import CSystem

/// Where a service manager such as systemd hears how its service is.
package struct ServiceSocket: Equatable, Sendable {
    /// A path, or `@` and an abstract name.
    package let address: String
    /// How long the service manager waits for a sign of life; nil when it does not wait for any.
    package let watchdog: Duration?

    /// The socket that the environment names; nil when there is no service manager.
    ///
    /// - Parameters:
    ///   - value: looks a variable of the environment up.
    ///   - pid: the number of this process, since signs of life may be expected of another.
    package init?(environment value: (String) -> String?, pid: Int) {
        guard let address = value("NOTIFY_SOCKET"), address.utf8.count > 1,
            address.hasPrefix("/") || address.hasPrefix("@")
        else { return nil }
        self.address = address
        let isMeant = value("WATCHDOG_PID").map { Int($0) == pid } ?? true
        let microseconds = value("WATCHDOG_USEC").flatMap { Int64($0) } ?? 0
        watchdog = isMeant && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    /// Sends assignments such as `READY=1`, together; each stays one, whatever is in it.
    ///
    /// - Throws: ``DaemonError`` when nobody listens.
    package func send(_ assignments: [String]) throws(DaemonError) {
        guard !assignments.isEmpty else { return }
        let result = csys_notify(
            address, assignments.map(Self.assignment).joined(separator: "\n"))
        if result < 0 { throw DaemonError(.system(-result), "notify", address) }
    }

    /// `text` without what would end it: service managers begin the next assignment at both line
    /// feed and carriage return, and a zero byte ends the message.
    ///
    /// By scalars: as a character, the two together are neither.
    private static func assignment(_ text: String) -> String {
        let ends: [Unicode.Scalar] = ["\n", "\r", "\0"]
        return String(
            String.UnicodeScalarView(text.unicodeScalars.map { ends.contains($0) ? " " : $0 }))
    }
}
