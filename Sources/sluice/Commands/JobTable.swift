import Daemon
import Jobs

/// Jobs as a table for people.
struct JobTable {
    let text: String

    init(_ entries: [JobEntry], _ registry: JobRegistry) {
        let rows =
            [["ID", "NAME", "STATE", ""]]
            + entries.map { entry in
                [entry.id, entry.name, entry.state.rawValue, JobFacts(entry, registry).line]
                    .map(StatusTable.plain)
            }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            let line = (cells + [row[3]]).joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        text = lines.map { $0 + "\n" }.joined()
    }
}
