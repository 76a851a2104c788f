import Daemon
import Jobs
import Markup

/// The part of the page that changes, as HTML.
package struct PageText {
    package private(set) var html = ""

    package init(_ content: PageContent) {
        var writer = XMLWriter()
        Self.writeState(of: content, to: &writer)
        if let status = content.status {
            let running = content.isWorking == false ? [] : status.running
            Self.write(running, "running", "Running", to: &writer) { job, item in
                Self.writeRunning(job, content.estimates[job.id], to: &item)
            }
            Self.write(status.queue, "queue", "Queue", to: &writer, Self.writeQueued)
            Self.write(
                status.waiting, "waiting", "Waiting in the Inbox", to: &writer, Self.writeWaiting)
        }
        Self.write(content.ended, "results", "Results", to: &writer, Self.writeEnded)
        html = writer.output
    }

    private static func writeState(of content: PageContent, to main: inout XMLWriter) {
        main.element("section", ["id": "state"]) { section in
            guard let status = content.status else {
                section.element("p", text: "No daemon has worked on \(content.root) yet.")
                return
            }
            section.element(
                "p", ["class": content.isWorking == true ? "good" : "warning"],
                text: "\(state(of: status, content.isWorking)) (\(status.watching)): "
                    + "\(status.counts) since its start.")
            for warning in status.warnings {
                section.element("p", ["class": "warning"], text: warning)
            }
        }
    }

    private static func state(of status: StatusDocument, _ isWorking: Bool?) -> String {
        switch isWorking {
        case true?: "The daemon is \(status.activity.rawValue)"
        case false?: "The daemon is not running"
        case nil: "Cannot see whether the daemon runs; what it said last"
        }
    }

    /// A section with one item each; nothing when there are none.
    private static func write<Item>(
        _ items: [Item], _ id: String, _ title: String, to main: inout XMLWriter,
        _ writeItem: (Item, inout XMLWriter) -> Void
    ) {
        guard !items.isEmpty else { return }
        main.element("section", ["id": id]) { section in
            section.element("h2", text: title)
            section.element("ul") { list in
                for item in items { list.element("li") { writeItem(item, &$0) } }
            }
        }
    }

    private static func writeRunning(
        _ job: StatusDocument.Job, _ estimate: String?, to item: inout XMLWriter
    ) {
        let waiting = job.waitsFor.map { "waits for \($0)" }
        writeHead(job.name, job.id, waiting ?? job.progress?.words ?? "starting", to: &item)
        if let progress = job.progress {
            item.element("progress", ["max": "100", "value": "\(progress.percent)"]) { _ in }
        }
        guard let estimate else { return }
        item.empty("img", ["class": "live", "src": estimate, "alt": "the current estimate"])
    }

    private static func writeQueued(_ job: StatusDocument.Job, to item: inout XMLWriter) {
        writeHead(job.name, job.id, job.waitsFor ?? job.state.rawValue, to: &item)
    }

    private static func writeWaiting(_ waiting: StatusDocument.Waiting, to item: inout XMLWriter) {
        writeHead(waiting.name, nil, "for " + waiting.waitsFor.joined(separator: "; "), to: &item)
    }

    private static func writeEnded(_ ended: PageContent.Ended, to item: inout XMLWriter) {
        writeHead(ended.entry.name, ended.entry.id, words(ended), to: &item)
        let result = ["results", ended.entry.result ?? ""]
        item.element("div", ["class": "pictures"]) { pictures in
            for path in ended.pictures {
                let address = RelativeAddress(result + path.split(separator: "/").map(String.init))
                pictures.empty("img", ["src": address.description, "alt": path])
            }
        }
        guard ended.hasReport else { return }
        let address = RelativeAddress(result + ["report.html"])
        item.element("a", ["href": address.description], text: "report")
    }

    private static func words(_ ended: PageContent.Ended) -> String {
        if let failure = ended.failure { return "failed, \(failure.code): \(failure)" }
        return ended.summary?.words ?? ended.entry.state.rawValue
    }

    private static func writeHead(
        _ name: String, _ id: String?, _ words: String, to item: inout XMLWriter
    ) {
        item.element("b", text: name)
        item.text(" ")
        if let id {
            item.element("code", text: id)
            item.text(" ")
        }
        item.element("span", text: words)
    }
}
