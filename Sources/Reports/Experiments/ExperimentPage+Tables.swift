import Markup

extension ExperimentPage {
    /// A table of methods: its columns have a title each, its rows a name.
    private struct Table {
        let caption: String
        let columns: [String]
        let rows: [(name: String, cells: [String])]
    }

    func writeNumbers(to main: inout XMLWriter) {
        PageFrame.writeSection("numbers", "Numbers", to: &main) { section in
            section.element(
                "p", ["class": "hint"],
                text:
                    "Means over the pictures, with one standard error, and of how many where others "
                    + "are of more. results.csv has every picture, summary.json these means.")
            for (set, sweep) in report.panels {
                let points = report.points(set: set, sweep: sweep)
                guard !points.isEmpty else { continue }
                section.element("h3", ["class": "card-title"], text: title(set, sweep))
                for table in tables(points, sweep) { write(table, to: &section) }
            }
        }
    }

    private func tables(_ points: [ExperimentPoint], _ sweep: Int?) -> [Table] {
        guard let sweep else { return [overview(points)] }
        let label = report.sweeps[sweep].label
        let input = points.contains { $0.psnrInput != nil }
        var tables = [
            table("PSNR in dB, by \(label)", points, sweep, hasInput: input) { point in
                Self.text(point.psnr, 2) + variant(point) + pictures(point, among: points)
            },
            table("SSIM, by \(label)", points, sweep, hasInput: false) {
                $0.ssim.map { Self.text($0, 3) }
            },
        ]
        if points.contains(where: { $0.psnrCovered != nil }) {
            tables.append(
                table("PSNR of covered pixels in dB", points, sweep, hasInput: false) {
                    $0.psnrCovered.map { Self.text($0, 2) }
                })
        }
        tables.append(
            table("Time per picture and per iteration", points, sweep, hasInput: false) { point in
                let iteration = point.secondsPerIteration.map { " (\($0.duration))" } ?? ""
                return point.secondsPerPicture.duration + iteration
            })
        return tables
    }

    /// Methods over amounts.
    private func table(
        _ caption: String, _ points: [ExperimentPoint], _ sweep: Int, hasInput: Bool,
        _ text: (ExperimentPoint) -> String?
    ) -> Table {
        let amounts = report.sweeps[sweep].amounts
        var rows = report.methods.enumerated().compactMap {
            number, method -> (name: String, cells: [String])? in
            let own = points.filter { $0.method == number }
            guard !own.isEmpty else { return nil }
            return (
                method.name,
                amounts.map { amount in
                    own.first { $0.amount == amount }.flatMap(text) ?? "\u{2013}"
                }
            )
        }
        if hasInput {
            let cells = amounts.map { amount in
                points.filter { $0.amount == amount }.compactMap(\.psnrInput)
                    .max { $0.count < $1.count }.map { $0.mean.fixed(2) } ?? "\u{2013}"
            }
            rows.insert(("input", cells), at: 0)
        }
        return Table(caption: caption, columns: amounts.map { $0.shortest }, rows: rows)
    }

    /// All numbers of methods at a single setting.
    private func overview(_ points: [ExperimentPoint]) -> Table {
        let isCovered = points.contains { $0.psnrCovered != nil }
        let columns =
            ["PSNR input, dB", "PSNR, dB"]
            + (isCovered ? ["Covered input, dB", "Covered, dB"] : [])
            + ["SSIM", "Pictures", "Time per picture", "Time per iteration"]
        let rows = points.map { point -> (name: String, cells: [String]) in
            func mean(_ value: SampleMean?, _ digits: Int) -> String {
                value.map { Self.text($0, digits) } ?? "\u{2013}"
            }
            let covered = [mean(point.psnrInputCovered, 2), mean(point.psnrCovered, 2)]
            let cells =
                [
                    point.psnrInput.map { $0.mean.fixed(2) } ?? "\u{2013}",
                    mean(point.psnr, 2) + variant(point),
                ]
                + (isCovered ? covered : [])
                + [
                    mean(point.ssim, 3), "\(point.psnr.count)", point.secondsPerPicture.duration,
                    point.secondsPerIteration?.duration ?? "\u{2013}",
                ]
            return (report.methods[point.method].name, cells)
        }
        return Table(caption: "All methods", columns: columns, rows: rows)
    }

    private func variant(_ point: ExperimentPoint) -> String {
        point.variant.map { " (\($0.shortest))" } ?? ""
    }

    /// How many pictures a mean is of, on a line of its own, where others are of more.
    private func pictures(_ point: ExperimentPoint, among points: [ExperimentPoint]) -> String {
        let most = points.map(\.psnr.count).max() ?? 0
        return point.psnr.count < most ? "\nof \(point.psnr.count)" : ""
    }

    private static func text(_ mean: SampleMean, _ digits: Int) -> String {
        let error = mean.standardError.map { " \u{B1} \($0.fixed(digits))" } ?? ""
        return mean.mean.fixed(digits) + error
    }

    private func write(_ table: Table, to section: inout XMLWriter) {
        section.element("div", ["class": "scroll", "tabindex": "0"]) { box in
            box.element("table", ["class": "numbers even"]) { element in
                element.element("caption", text: table.caption)
                element.element("thead") { head in
                    head.element("tr") { row in
                        row.element("th", ["scope": "col"], text: "Method")
                        for column in table.columns {
                            row.element("th", ["scope": "col"], text: column)
                        }
                    }
                }
                element.element("tbody") { body in
                    for line in table.rows {
                        body.lineFeed()
                        body.element("tr") { row in
                            row.element("th", ["scope": "row"], text: line.name)
                            for cell in line.cells { row.element("td", text: cell) }
                        }
                    }
                }
            }
        }
    }
}
