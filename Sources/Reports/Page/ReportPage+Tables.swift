import Markup

extension ReportPage {
    func writeNumbers(to main: inout XMLWriter) {
        let columns = NumberColumn.columns(for: report)
        writeSection("numbers", "Numbers", to: &main) { section in
            let isLong = report.images.count > Self.picturesPerFold
            guard isLong else { return writeTable(columns, to: &section) }
            section.element("details", ["class": "fold"]) { details in
                let summary = "The numbers of all \(report.images.count) pictures"
                details.element("summary", text: summary)
                writeTable(columns, to: &details)
            }
        }
    }

    private func writeTable(_ columns: [NumberColumn], to section: inout XMLWriter) {
        section.element(
            "div",
            [
                "class": "scroll", "tabindex": "0", "role": "region",
                "aria-labelledby": "numbers-title",
            ]
        ) { box in
            box.element("table", ["class": "numbers"]) { table in
                table.element("thead") { head in
                    head.element("tr") { row in
                        row.element("th", ["scope": "col"], text: "Picture")
                        for column in columns {
                            row.element("th", ["scope": "col"], text: column.title)
                        }
                    }
                }
                table.element("tbody") { writeRows(columns, to: &$0) }
                if report.images.count > 1 {
                    table.element("tfoot") { writeMeans(columns, to: &$0) }
                }
            }
        }
    }

    private func writeRows(_ columns: [NumberColumn], to body: inout XMLWriter) {
        for (index, image) in report.images.enumerated() {
            body.lineFeed()
            body.element("tr") { row in
                row.element("th", ["scope": "row"]) { cell in
                    cell.element("a", ["href": "#p\(index + 1)"]) {
                        $0.element("bdi", text: image.name)
                    }
                }
                for column in columns {
                    let value = column.value(image)
                    row.element("td", text: value.map(column.text) ?? "\u{2013}")
                }
            }
        }
    }

    private func writeMeans(_ columns: [NumberColumn], to foot: inout XMLWriter) {
        foot.element("tr") { row in
            row.element("th", ["scope": "row"], text: "Mean")
            for column in columns {
                let mean = Report.mean(report.images.compactMap(column.value))
                row.element("td", text: mean.map(column.text) ?? "\u{2013}")
            }
        }
    }

    func writeSettings(to main: inout XMLWriter) {
        writeSection("settings", "Settings", to: &main) { section in
            section.element("p", ["class": "hint"], text: "The job with every default filled in.")
            section.element("dl", ["class": "settings"]) { list in
                for line in SettingLine.lines(of: report.settings) {
                    list.element("div") { pair in
                        pair.element("dt", text: line.key)
                        pair.element("dd", text: line.value)
                    }
                }
            }
        }
    }

    func writeModel(to main: inout XMLWriter) {
        guard let model = report.model else { return }
        writeSection("model", "Model", to: &main) { section in
            var facts = [("Name", model.name)]
            if let summary = model.summary { facts.append(("Architecture", summary)) }
            if let bits = model.bitsPerDim {
                facts.append(("Bits/dim on validation data", bits.fixed(3)))
            }
            facts.append(("SHA-256 of the weights", model.sha256))
            writeFacts(facts.map { ($0.0, $0.1) }, caption: "The prior", to: &section)
            guard let card = model.card else { return }
            section.element("h3", ["class": "card-title"], text: "Model card")
            section.element("div", ["class": "card"]) { CardMarkup.write(card, to: &$0) }
        }
    }

    func writeRun(to main: inout XMLWriter) {
        let run = report.run
        writeSection("run", "Run", to: &main) { section in
            section.element("div", ["class": "pair"]) { pair in
                var facts = [
                    ("Job", report.job.name), ("ID", report.job.id),
                    ("Status", report.job.status.rawValue), ("Seed", "\(run.seed)"),
                    ("Device", run.device), ("Threads", "\(run.threads)"),
                ]
                facts += run.software.map { ($0.name, $0.version) }
                writeFacts(facts.map { ($0.0, $0.1) }, caption: "What ran", to: &pair)
                writeFacts(timings, caption: "Timings", to: &pair)
            }
        }
    }

    private var timings: [(name: String, value: String)] {
        let run = report.run
        var timings = [
            (name: "Started", value: Self.readable(run.started)),
            (name: "Finished", value: Self.readable(run.finished)),
            (name: "In all", value: run.seconds.duration),
        ]
        timings += run.stages.map { ($0.name, $0.seconds.duration) }
        let seconds = report.images.map(\.seconds)
        let iterations = report.images.reduce(0) { $0 + $1.iterations }
        if let mean = Report.mean(seconds), let least = seconds.min(), let most = seconds.max() {
            let span = "\(mean.duration) (\(least.duration) to \(most.duration))"
            timings.append(("A picture", seconds.count > 1 ? span : mean.duration))
        }
        if iterations > 0 {
            let each = seconds.reduce(0, +) / Double(iterations)
            timings.append(("An iteration", each.duration))
        }
        return timings
    }
}
