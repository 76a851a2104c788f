/// Numbers as Prometheus reads them from a text file.
struct MetricsText {
    enum Kind: String {
        case counter, gauge, histogram
    }

    private(set) var text = ""

    /// Adds a metric with one value for each of its labels, such as `state="running"`.
    mutating func add(
        _ name: String, _ kind: Kind, _ help: String, _ values: [(label: String, value: Double)]
    ) {
        head(name, kind, help)
        for (label, value) in values { sample(name, label, value) }
    }

    /// Adds a metric with one value.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        add(name, kind, help, [("", value)])
    }

    mutating func add(_ name: String, _ help: String, _ histogram: Histogram) {
        head(name, .histogram, help)
        for (bound, count) in zip(Histogram.bounds, histogram.counts) {
            sample("\(name)_bucket", "le=\"\(number(bound))\"", Double(count))
        }
        sample("\(name)_bucket", "le=\"+Inf\"", Double(histogram.count))
        sample("\(name)_sum", "", histogram.sum)
        sample("\(name)_count", "", Double(histogram.count))
    }

    private mutating func head(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func sample(_ name: String, _ label: String, _ value: Double) {
        text += name + (label.isEmpty ? "" : "{\(label)}") + " \(number(value))\n"
    }

    private func number(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
