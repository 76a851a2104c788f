import Arrays

extension ExperimentReport {
    /// What a result was computed with.
    package struct Computer: Hashable, Sendable {
        package let device: String
        package let threads: Int

        package init(device: String, threads: Int) {
            self.device = device
            self.threads = threads
        }
    }

    /// The seconds that all results took, those of earlier runs included.
    var secondsOfAll: Double { computed.reduce(0) { $0 + $1.seconds } }

    /// The rows, without those whose computation another has told of.
    private var computed: [Row] {
        var known: Set<String> = []
        return rows.filter { row in row.cell.map { known.insert($0).inserted } ?? true }
    }

    /// The results and seconds of every device and number of threads, as `summary.json` has them.
    var computing: JSONValue {
        let groups = Dictionary(grouping: computed, by: \.computer).sorted {
            ($0.key.device, $0.key.threads) < ($1.key.device, $1.key.threads)
        }
        return .array(
            groups.map { computer, rows in
                JSONValue([
                    "device": .string(computer.device), "threads": JSONValue(computer.threads),
                    "results": JSONValue(rows.count),
                    "seconds": JSONValue(rows.reduce(0) { $0 + $1.seconds }),
                ])
            })
    }
}
