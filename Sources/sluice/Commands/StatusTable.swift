import Jobs
import Programs

/// The daemon's status as text for people.
struct StatusTable {
    let text: String

    /// `isRunning` is nil when nobody can see it.
    init(_ status: StatusDocument, isRunning: Bool?) {
        let activity =
            switch isRunning {
            case true?: "daemon \(status.activity.rawValue)"
            case false?: "daemon not running"
            case nil: "cannot see whether the daemon runs; what it said last"
            }
        var lines = ["\(activity) (pid \(status.pid), \(status.watching)): \(status.counts)"]
        lines += status.warnings.map { "warning: \(Self.plain($0))" }
        lines += Self.section("running", status.running.map(Self.running))
        lines += Self.section(
            "queue", status.queue.map { [$0.name, $0.id, $0.waitsFor ?? $0.state.rawValue] })
        lines += Self.section(
            "waiting in the Inbox",
            status.waiting.map { [$0.name, "for " + $0.waitsFor.joined(separator: "; ")] })
        lines += Self.section(
            "last failures", status.failures.map { [$0.name, $0.id, "\($0.code): \($0.message)"] })
        lines += Self.section(
            "last results with warnings",
            (status.remarked ?? []).map { [$0.name, $0.id, $0.remarks.words] })
        text = lines.map { $0 + "\n" }.joined()
    }

    private static func running(_ job: StatusDocument.Job) -> [String] {
        let waiting = job.waitsFor.map { "waits for \($0)" }
        guard let progress = job.progress else {
            return [job.name, job.id, waiting ?? "starting"]
        }
        return [job.name, job.id, bar(progress.fraction), waiting ?? progress.words]
    }

    /// How far something is, in twenty characters.
    private static func bar(_ fraction: Double) -> String {
        let full = Int((max(0, min(fraction, 1)) * 20).rounded(.down))
        return String(repeating: "█", count: full) + String(repeating: "░", count: 20 - full)
    }

    private static func section(_ title: String, _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let rows = rows.map { $0.map(plain) }
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].columns : 0 }.max() ?? 0
        }
        let lines = rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.columns)
            }
            return "  " + (cells.dropLast() + [row.last ?? ""]).joined(separator: "  ")
        }
        return ["", title + ":"] + lines
    }

    /// A message may list hundreds of tensors; `error.json` and the log have all of it.
    private static let longestCell = 300

    /// Names come from whoever may write to the Inbox: no control character reaches the terminal,
    /// and what turns the direction of text is spelled out.
    static func plain(_ text: String) -> String {
        let shown =
            text.count > longestCell ? text.prefix(longestCell) + " [...]" : Substring(text)
        let single = String.UnicodeScalarView(
            shown.unicodeScalars.map { $0.isControl ? " " : $0 })
        return StandardError.withoutTurns(String(single))
    }
}
