import Markup

extension ReportPage {
    /// A number of a method in the table of methods.
    private struct MethodColumn {
        let title: String
        let value: (ComparedMethod) -> Double?
        let text: (Double) -> String
        /// Whether the largest is the best, nil where no value is better than another.
        var isBetterLarger: Bool?
    }

    /// The methods side by side: first their means, then what they made of each picture.
    func writeComparison(to main: inout XMLWriter) {
        guard !report.comparison.isEmpty else { return }
        writeSection("methods", "Methods", to: &main) { section in
            section.element("p", ["class": "hint"], text: comparisonHint)
            writeMethods(to: &section)
            writeInFolds(compared.count, to: &section, content: writeCompared)
        }
    }

    /// The address of what the methods made of a picture, within the page.
    static func comparedAnchor(_ index: Int) -> String { "m\(index + 1)" }

    private var comparisonHint: String {
        let first = report.comparison[0].title
        return
            "Every method restored the same measurements. The rest of this report, and the files "
            + "beside it, are those of \(first); those of the others are in the folder compared, and "
            + "comparison.csv has the numbers of each."
    }

    private func writeCompared(_ range: Range<Int>, to section: inout XMLWriter) {
        for index in range {
            section.lineFeed()
            let anchor = Self.comparedAnchor(index)
            section.element("article", ["class": "picture", "id": anchor]) { article in
                let name = report.images[index].name
                article.element("h3") { $0.element("bdi", text: name) }
                ViewRow(views: compared[index], name: name, anchor: anchor).write(to: &article)
                // Those of the first stand with its picture.
                for method in report.comparison.dropFirst() where index < method.images.count {
                    for warning in method.images[index].warnings {
                        let text = "\(method.title): \(warning)"
                        article.element("p", ["class": "warning"], text: text)
                    }
                }
            }
        }
    }
}

// MARK: Table

extension ReportPage {
    private static var methodColumns: [MethodColumn] {
        [
            MethodColumn(
                title: "PSNR, dB", value: { $0.mean?.psnr }, text: { $0.fixed(2) },
                isBetterLarger: true),
            MethodColumn(title: "Gain, dB", value: { $0.mean?.gain }, text: { $0.signed(2) }),
            MethodColumn(
                title: "Covered, dB", value: { $0.mean?.psnrCovered }, text: { $0.fixed(2) },
                isBetterLarger: true),
            MethodColumn(
                title: "Noise, dB", value: { $0.mean?.psnrNoise }, text: { $0.fixed(2) },
                isBetterLarger: true),
            MethodColumn(
                title: "SSIM", value: { $0.mean?.ssim }, text: { $0.fixed(3) },
                isBetterLarger: true),
            MethodColumn(
                title: "Bits/dim", value: { Report.mean($0.images.compactMap(\.bitsPerDim)) },
                text: { $0.fixed(2) }),
            MethodColumn(
                title: "Iterations",
                value: { Report.mean($0.images.map { Double($0.iterations) }) },
                text: { $0.fixed($0 == $0.rounded() ? 0 : 1) }),
            MethodColumn(
                title: "Time a picture", value: \.secondsPerPicture, text: { $0.duration },
                isBetterLarger: false),
        ]
    }

    private func writeMethods(to section: inout XMLWriter) {
        let columns = Self.methodColumns.filter { column in
            report.comparison.contains { column.value($0) != nil }
        }
        let frame: XMLWriter.Attributes = [
            "class": "scroll", "tabindex": "0", "role": "region",
            "aria-labelledby": "methods-title",
        ]
        section.element("div", frame) { box in
            box.element("table", ["class": "numbers"]) { table in
                table.element("thead") { head in
                    head.element("tr") { row in
                        for title in ["Method", "Model"] + columns.map(\.title) {
                            row.element("th", ["scope": "col"], text: title)
                        }
                    }
                }
                table.element("tbody") { body in
                    for method in report.comparison { write(method, columns, to: &body) }
                }
            }
        }
    }

    private func write(
        _ method: ComparedMethod, _ columns: [MethodColumn], to body: inout XMLWriter
    ) {
        body.lineFeed()
        body.element("tr") { row in
            row.element("th", ["scope": "row"], text: method.title)
            if let failure = method.failure {
                let span = "\(columns.count + 1)"
                row.element("td", ["class": "failed", "colspan": span], text: failure)
                return
            }
            row.element("td", text: method.model ?? "\u{2013}")
            for column in columns { write(column, of: method, to: &row) }
        }
    }

    private func write(
        _ column: MethodColumn, of method: ComparedMethod, to row: inout XMLWriter
    ) {
        row.element("td") { cell in
            guard let value = column.value(method) else { return cell.text("\u{2013}") }
            let others = report.comparison.compactMap(column.value)
            let best = column.isBetterLarger.flatMap { $0 ? others.max() : others.min() }
            let text = column.text(value)
            if value == best { cell.element("b", text: text) } else { cell.text(text) }
        }
    }
}
