import Arrays
import FoundationEssentials
import Markup

extension ReportPage {
    /// What a reader in a hurry needs: which job, how good, and what to be wary of.
    func writeHeader(to body: inout XMLWriter) {
        body.element("header") { header in
            header.element("p", ["class": "kicker"], text: "Sluice restoration report")
            header.element("h1") { $0.element("bdi", text: report.job.name) }
            header.element("p", ["class": "lead"], text: lead)
            writeWarnings(to: &header)
            header.element("dl", ["class": "tiles"]) { list in
                for tile in tiles { write(tile, to: &list) }
            }
            writeContents(to: &header)
        }
    }

    private var lead: String {
        let run = report.run
        let count = report.images.count
        var parts = [count == 1 ? "1 picture" : "\(count) pictures"]
        if let model = report.model { parts.append("prior \(model.name)") }
        if let solver = solverName { parts.append("solver \(solver)") }
        parts.append("seed \(run.seed)")
        let threads = run.threads == 1 ? "1 thread" : "\(run.threads) threads"
        parts.append("\(run.device), \(threads)")
        let ending = report.job.status == .cancelled ? "cancelled" : "finished"
        parts.append("\(ending) \(Self.readable(run.finished))")
        return parts.joined(separator: " \u{B7} ")
    }

    /// The word for the solver: the settings have it bare or as the one key of a map.
    private var solverName: String? {
        if let first = report.comparison.first {
            return "\(first.title), compared with \(report.comparison.count - 1) more"
        }
        guard let solver = report.settings["solver"] else { return nil }
        return solver.string ?? solver.members?.first?.name
    }

    static func readable(_ date: Date) -> String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space)
        return date.formatted(style).replacing("Z", with: " UTC")
    }

    private func writeContents(to header: inout XMLWriter) {
        let hasCurves = report.images.contains { $0.trace.count > 1 }
        let entries: [(key: String, title: String, isThere: Bool)] = [
            ("methods", "Methods", !report.comparison.isEmpty), ("pictures", "Pictures", true),
            ("curves", "Curves", hasCurves),
            ("numbers", "Numbers", true), ("settings", "Settings", true),
            ("model", "Model", report.model != nil), ("run", "Run", true),
        ]
        header.element("nav", ["aria-label": "Parts of this report"]) { nav in
            for entry in entries where entry.isThere {
                nav.element("a", ["href": "#\(entry.key)"], text: entry.title)
            }
        }
    }
}

// MARK: Tiles

extension ReportPage {
    struct Tile {
        let title: String
        let value: String
        let unit: String
        var note: String?
        var isBad = false
    }

    private var tiles: [Tile] {
        var tiles: [Tile] = []
        let mean = report.images.count == 1 ? "" : "mean "
        if let score = self.mean {
            tiles += Self.tiles(of: score, mean: mean)
        }
        if let bits = Report.mean(report.images.compactMap(\.bitsPerDim)) {
            let note = report.model?.bitsPerDim.map { "\($0.fixed(2)) on validation data" }
            let title = "\(mean)bits/dim of the restored".capitalizedFirst
            tiles.append(Tile(title: title, value: bits.fixed(2), unit: "", note: note))
        }
        let each = Report.mean(report.images.map(\.seconds)).map { "\($0.duration) a picture" }
        let note = report.images.count > 1 ? each : nil
        tiles.append(
            Tile(title: "Time", value: report.run.seconds.duration, unit: "", note: note))
        return tiles
    }

    private static func tiles(of score: Score, mean: String) -> [Tile] {
        var tiles: [Tile] = []
        if let input = score.psnrInput, let gain = score.gain {
            let title = "\(mean)PSNR, input \u{2192} restored".capitalizedFirst
            let value = "\(input.fixed(2)) \u{2192} \(score.psnr.fixed(2))"
            tiles.append(Tile(title: title, value: value, unit: "dB"))
            let word = gain < 0 ? "worse than the input" : "nearer to the truth"
            tiles.append(
                Tile(
                    title: "\(mean)gain".capitalizedFirst, value: gain.signed(2), unit: "dB",
                    note: word, isBad: gain < 0))
        } else {
            let title = "\(mean)PSNR".capitalizedFirst
            tiles.append(Tile(title: title, value: score.psnr.fixed(2), unit: "dB"))
        }
        if let input = score.psnrInputCovered, let covered = score.psnrCovered {
            let title = "\(mean)PSNR of covered pixels".capitalizedFirst
            let value = "\(input.fixed(2)) \u{2192} \(covered.fixed(2))"
            let note = score.gainCovered.map { "\($0.signed(2)) dB" }
            tiles.append(Tile(title: title, value: value, unit: "dB", note: note))
        }
        let title = "\(mean)SSIM".capitalizedFirst
        tiles.append(Tile(title: title, value: score.ssim.fixed(3), unit: ""))
        return tiles
    }

    private func write(_ tile: Tile, to list: inout XMLWriter) {
        list.element("div", ["class": tile.isBad ? "tile bad" : "tile"]) { box in
            box.element("dt", text: tile.title)
            box.element("dd") { value in
                value.text(tile.value)
                if !tile.unit.isEmpty { value.element("span", text: " \(tile.unit)") }
            }
            if let note = tile.note { box.element("dd", ["class": "note"], text: note) }
        }
    }
}

extension String {
    /// The text with its first letter as a capital.
    fileprivate var capitalizedFirst: String {
        prefix(1).uppercased() + dropFirst()
    }
}
