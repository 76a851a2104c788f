package import Images
import Markup

/// The page of an experiment: plots, tables, pictures and settings.
///
/// It needs no script and forbids any, as the report of a job does.
struct ExperimentPage {
    let report: ExperimentReport
    let grids: [PictureGrid]

    func html() -> String {
        PageFrame.html(title: "\(report.title) \u{2013} Sluice experiment") { body in
            writeHeader(to: &body)
            body.element("main") { main in
                writePlots(to: &main)
                writeNumbers(to: &main)
                writePictures(to: &main)
                writeSettings(to: &main)
                writeRun(to: &main)
            }
        }
    }

    /// The name of a plot or table: the set where there are several, and the axis.
    func title(_ set: Int, _ sweep: Int?) -> String {
        let isAlone = report.sets.count == 1
        guard let sweep else { return report.sets[set].name }
        let label = report.sweeps[sweep].label
        let isOnly = report.sweeps.count == 1
        if isAlone { return isOnly ? report.sets[set].name : label }
        return isOnly ? report.sets[set].name : "\(report.sets[set].name): \(label)"
    }

    private func writeHeader(to body: inout XMLWriter) {
        body.element("header") { header in
            header.element("p", ["class": "kicker"], text: "Sluice experiment")
            header.element("h1") { $0.element("bdi", text: report.title) }
            header.element("p", ["class": "lead"], text: lead)
            if let description = report.description {
                header.element("div", ["class": "about"]) { CardMarkup.write(description, to: &$0) }
            }
            writeFailures(to: &header)
            let parts: KeyValuePairs = [
                "plots": "Plots", "numbers": "Numbers", "pictures": "Pictures",
                "settings": "Settings", "run": "Run",
            ]
            header.element("nav", ["aria-label": "Parts of this page"]) { nav in
                for (key, title) in parts where isThere(key) {
                    nav.element("a", ["href": "#\(key)"], text: title)
                }
            }
        }
    }

    private func isThere(_ key: String) -> Bool {
        switch key {
        case "plots": !plots.isEmpty
        case "pictures": !grids.isEmpty
        default: true
        }
    }

    private var lead: String {
        var parts = report.sets.map { "\($0.name): \($0.count) pictures" }
        if let limit = report.limit { parts.append("limited to \(limit) pictures of a set") }
        if report.isPartial { parts.append("without some of the methods") }
        let threads = report.run.threads == 1 ? "1 thread" : "\(report.run.threads) threads"
        parts.append("\(report.run.device), \(threads)")
        parts.append("finished \(ReportPage.readable(report.run.finished))")
        return parts.joined(separator: " \u{B7} ")
    }

    /// What came to nothing, each reason once.
    private func writeFailures(to header: inout XMLWriter) {
        guard !report.failures.isEmpty else { return }
        header.element("section", ["class": "warnings", "aria-labelledby": "failures"]) { box in
            box.element("h2", ["id": "failures"], text: "What failed")
            box.element("ul") { list in
                for line in report.failureLines { list.element("li", text: line) }
            }
        }
    }
}

extension ExperimentReport {
    /// The text of the page: one file that opens from disk, without network and script.
    ///
    /// - Throws: `ImageError` when a picture cannot be encoded.
    package func html() throws(ImageError) -> String {
        var grids: [PictureGrid] = []
        for block in blocks { grids.append(try PictureGrid(block, of: self)) }
        return ExperimentPage(report: self, grids: grids).html()
    }
}
