import Arrays
import Markup

extension ExperimentPage {
    func writeSettings(to main: inout XMLWriter) {
        PageFrame.writeSection("settings", "Settings", to: &main) { section in
            section.element(
                "p", ["class": "hint"], text: "The experiment with every default filled in.")
            section.element("dl", ["class": "settings"]) { list in
                for line in SettingLine.lines(of: report.settings) where isShown(line) {
                    list.element("div") { pair in
                        pair.element("dt", text: line.key)
                        pair.element("dd", text: line.value)
                    }
                }
            }
            section.element("div", ["class": "scroll"]) { box in
                let methods = report.methods.map { (name: $0.name, value: settings(of: $0)) }
                PageFrame.writeFacts(methods, caption: "Methods", to: &box)
            }
        }
    }

    /// The description stands at the top, and methods have a table of their own.
    private func isShown(_ line: SettingLine) -> Bool {
        line.key != "description" && !line.key.hasPrefix("methods[")
    }

    /// What a method has, without what it is left to choose.
    private func settings(of method: ExperimentReport.Method) -> String {
        let own = ["solver", "best_of"].flatMap { key in
            method.settings[key].map { SettingLine.lines(of: $0, key: key) } ?? []
        }
        let words = own.filter { $0.value != "auto" }.map { "\($0.key): \($0.value)" }
        return ((method.prior.map { ["prior: \($0)"] } ?? []) + words).joined(separator: " \u{B7} ")
    }

    func writeRun(to main: inout XMLWriter) {
        let run = report.run
        PageFrame.writeSection("run", "Run", to: &main) { section in
            section.element("div", ["class": "pair"]) { pair in
                var facts = [
                    ("Experiment", report.name), ("Seed", "\(run.seed)"), ("Device", run.device),
                    ("Threads", "\(run.threads)"),
                ]
                facts += run.software.map { ($0.name, $0.version) }
                PageFrame.writeFacts(
                    facts.map { ($0.0, $0.1) }, caption: "What ran last", to: &pair)
                PageFrame.writeFacts(
                    [
                        ("Started", ReportPage.readable(run.started)),
                        ("Finished", ReportPage.readable(run.finished)),
                        ("This run", run.seconds.duration),
                        ("Solving, earlier runs included", report.secondsOfAll.duration),
                    ], caption: "Timings", to: &pair)
                for model in report.models { write(model, to: &pair) }
            }
        }
    }

    private func write(_ model: ModelFacts, to pair: inout XMLWriter) {
        var facts = [(name: "Name", value: model.name)]
        if let summary = model.summary { facts.append(("Size", summary)) }
        if let bits = model.bitsPerDim {
            facts.append(("Bits/dim on validation data", bits.fixed(3)))
        }
        facts.append(("SHA-256 of the weights", model.sha256))
        PageFrame.writeFacts(facts, caption: "Model", to: &pair)
    }
}
