import Daemon
import Foundation

/// The part of the page that changes, made once for all who want it now, and only for them.
///
/// It is made on a thread of its own, one after the other: a disk that is slow, or many who ask,
/// keep nothing else from being answered.
package actor LatestPage {
    /// The part as it was at some moment.
    package struct Edition: Sendable {
        /// Another one whenever something has changed.
        package let number: Int
        package let html: String
        /// The part as a server-sent event.
        package let event: [UInt8]

        fileprivate init(_ html: String, number: Int) {
            self.html = html
            self.number = number
            // On one line, whatever is in it. A text can always be encoded.
            let data = (try? JSONEncoder().encode(html)) ?? Data()
            event = Array("data: ".utf8) + data + Array("\n\n".utf8)
        }
    }

    private let queue = QueueExecutor(label: "sluice.page")
    private let make: @Sendable () -> String
    private var latest: Edition?
    /// When the latest was begun: it shows nothing that happened later.
    private var begun = ContinuousClock.now

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        queue.asUnownedSerialExecutor()
    }

    /// - Parameter make: the part as it is now; may take its time.
    package init(make: @escaping @Sendable () -> String) {
        self.make = make
    }

    /// The part as it was at `moment` or later; those who waited while it was made share it.
    package func edition(since moment: ContinuousClock.Instant) -> Edition {
        if let latest, begun >= moment { return latest }
        begun = .now
        let html = make()
        if let latest, latest.html == html { return latest }
        let edition = Edition(html, number: (latest?.number ?? 0) + 1)
        latest = edition
        return edition
    }
}
