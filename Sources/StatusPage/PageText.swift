import Daemon
import Jobs

/// The part of the page that changes, as HTML.
package struct PageText {
    package let html: String

    package init(_ content: PageContent) {
        var parts = [Self.headline(content)]
        if let status = content.status {
            parts += status.warnings.map { .element("p", [("class", "warning")], [HTML($0)]) }
            parts += Self.section(
                "Running", content.isWorking ? status.running.map(Self.running) : [])
            parts += Self.section("Queue", status.queue.map(Self.queued))
            parts += Self.section("Waiting in the Inbox", status.waiting.map(Self.waiting))
        }
        parts += Self.section("Results", content.ended.map(Self.ended))
        html = parts.map(\.description).joined(separator: "\n")
    }

    private static func headline(_ content: PageContent) -> HTML {
        guard let status = content.status else {
            return .element("p", [], [HTML("No daemon has worked on \(content.root) yet.")])
        }
        let activity = content.isWorking ? status.activity.rawValue : "not running"
        let counts = "\(status.finished) finished, \(status.failed) failed since its start"
        return .element(
            "p", [("class", content.isWorking ? "good" : "warning")],
            [HTML("The daemon is \(activity) (\(status.watching)): \(counts).")])
    }

    private static func section(_ title: String, _ items: [HTML]) -> [HTML] {
        items.isEmpty ? [] : [.element("h2", [], [HTML(title)]), .element("ul", [], items)]
    }

    private static func running(_ job: StatusDocument.Job) -> HTML {
        guard let progress = job.progress else { return item(job.name, job.id, "starting") }
        let value = "\(progress.percent)"
        let bar = HTML.element("progress", [("max", "100"), ("value", value)])
        return item(job.name, job.id, progress.words, [bar])
    }

    private static func queued(_ job: StatusDocument.Job) -> HTML {
        item(job.name, job.id, job.waitsFor ?? job.state.rawValue)
    }

    private static func waiting(_ waiting: StatusDocument.Waiting) -> HTML {
        item(waiting.name, nil, "for " + waiting.waitsFor.joined(separator: "; "))
    }

    private static func ended(_ ended: PageContent.Ended) -> HTML {
        let result = ended.entry.result ?? ""
        var more = ended.pictures.map { path in
            let parts = ["results", result] + path.split(separator: "/").map(String.init)
            return HTML.element("img", [("src", HTML.address(parts)), ("alt", path)])
        }
        if ended.hasReport {
            let address = HTML.address(["results", result, "report.html"])
            more.append(.element("a", [("href", address)], [HTML("report")]))
        }
        return item(ended.entry.name, ended.entry.id, words(ended), more)
    }

    private static func words(_ ended: PageContent.Ended) -> String {
        if let failure = ended.failure { return "failed, \(failure.code): \(failure)" }
        return ended.summary?.words ?? ended.entry.state.rawValue
    }

    private static func item(
        _ name: String, _ id: String?, _ words: String, _ more: [HTML] = []
    ) -> HTML {
        let head: [HTML] = [.element("b", [], [HTML(name)]), HTML(" ")]
        let identity = id.map { [HTML.element("code", [], [HTML($0)]), HTML(" ")] } ?? []
        let text = HTML.element("span", [], [HTML(words)])
        return .element("li", [], head + identity + [text] + more)
    }
}
