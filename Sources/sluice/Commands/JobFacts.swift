import Daemon
import Jobs

/// What its files tell of a job.
struct JobFacts {
    let entry: JobEntry
    /// Nil when there is none, or somebody has taken the result away.
    let summary: ResultSummary?
    let failure: JobFailure?

    init(_ entry: JobEntry, _ registry: JobRegistry) {
        self.entry = entry
        let folder = entry.result.map { Layout.outbox / $0 }
        let files = registry.files
        summary = folder.flatMap {
            try? files.document(ResultSummary.self, at: $0 / "result.json")
        }
        failure = folder.flatMap { try? files.document(JobFailure.self, at: $0 / "error.json") }
    }

    /// The most important of it in one line.
    var line: String {
        if let failure { return "\(failure.code): \(failure.message)" }
        if let summary { return Self.line(of: summary) }
        if let progress = entry.progress {
            let percent = Int((progress.fraction * 100).rounded(.down))
            return "\(percent) %, \(progress.done) of \(progress.of) pictures"
        }
        return entry.waitsFor ?? ""
    }

    private static func line(of summary: ResultSummary) -> String {
        let count = summary.images.count
        var parts = ["\(count) picture\(count == 1 ? "" : "s")"]
        if let seconds = summary.seconds { parts.append("\(rounded(seconds, 1)) s") }
        if let psnr = summary.mean?.psnr { parts.append("PSNR \(rounded(psnr, 2)) dB") }
        return parts.joined(separator: ", ")
    }

    /// All of it, line by line, for a job in `root`.
    func lines(root: String) -> [String] {
        var rows = [("name", entry.name), ("id", entry.id), ("state", entry.state.rawValue)]
        if let attempts = entry.attempts { rows.append(("attempts", "\(attempts)")) }
        if let reason = entry.waitsFor { rows.append(("waits for", reason)) }
        if entry.progress != nil { rows.append(("progress", line)) }
        if let result = entry.result {
            rows.append(("result", "\(root)/\(Layout.outbox)/\(result)"))
        }
        if let summary { rows += Self.rows(of: summary) }
        if let failure {
            rows += [("code", failure.code), ("reason", "\(failure)")]
        }
        return rows.map { name, value in
            let padding = String(repeating: " ", count: max(1, 12 - name.count))
            return name + padding + StatusTable.plain(value)
        }
    }

    private static func rows(of summary: ResultSummary) -> [(String, String)] {
        let psnr = summary.mean?.psnr.map { after in
            let before = summary.mean?.inputPSNR.map { " (input \(rounded($0, 2)) dB)" } ?? ""
            return "\(rounded(after, 2)) dB\(before)"
        }
        let facts = [
            ("started", summary.started), ("finished", summary.finished),
            ("seconds", summary.seconds.map { rounded($0, 1) }), ("device", summary.device),
            ("model", summary.model?.name), ("pictures", "\(summary.images.count)"),
            ("PSNR", psnr), ("SSIM", summary.mean?.ssim.map { rounded($0, 3) }),
        ]
        return facts.compactMap { name, value in value.map { (name, $0) } }
    }

    /// `number` with so many digits behind the point.
    private static func rounded(_ number: Double, _ digits: Int) -> String {
        let places = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        guard number.magnitude < 1e12 else { return "\(number)" }
        let scaled = Int((number.magnitude * Double(places)).rounded())
        let rest = String(scaled % places + places).dropFirst()
        return (number < 0 ? "-" : "") + "\(scaled / places).\(rest)"
    }
}
