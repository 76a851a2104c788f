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
        if let summary { return summary.words }
        return entry.waitsFor ?? entry.progress?.words ?? ""
    }

    /// All of it, line by line, for a job in `root`.
    func lines(root: String) -> [String] {
        var rows = [("name", entry.name), ("id", entry.id), ("state", entry.state.rawValue)]
        if let attempts = entry.attempts { rows.append(("attempts", "\(attempts)")) }
        if let reason = entry.waitsFor { rows.append(("waits for", reason)) }
        if let progress = entry.progress { rows.append(("progress", progress.words)) }
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
            let before = summary.mean?.inputPSNR.map { " (input \($0.fixed(2)) dB)" } ?? ""
            return "\(after.fixed(2)) dB\(before)"
        }
        let facts = [
            ("started", summary.started), ("finished", summary.finished),
            ("seconds", summary.seconds.map { $0.fixed(1) }), ("device", summary.device),
            ("model", summary.model?.name), ("pictures", "\(summary.images.count)"),
            ("PSNR", psnr), ("SSIM", summary.mean?.ssim.map { $0.fixed(3) }),
        ]
        return facts.compactMap { name, value in value.map { (name, $0) } }
            + summary.allWarnings.map { ("warning", $0) }
    }
}
