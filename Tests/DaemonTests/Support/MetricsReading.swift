/// A file of numbers, read as strictly as Prometheus reads it.
struct MetricsReading {
    struct Malformed: Error {
        let line: String
    }

    /// The type of every metric by its name.
    private(set) var types: [String: String] = [:]
    /// Every value by its name and labels, as they stand in the file.
    private(set) var values: [String: Double] = [:]

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Malformed(line: "no end of line at the end") }
        var helps: Set<Substring> = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if let help = line.wholeMatch(of: /# HELP ([a-z_]+) .+/) {
                guard helps.insert(help.1).inserted else { throw Malformed(line: String(line)) }
            } else if let type = line.wholeMatch(
                of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/)
            {
                guard helps.contains(type.1), types[String(type.1)] == nil else {
                    throw Malformed(line: String(line))
                }
                types[String(type.1)] = String(type.2)
            } else {
                try readValue(line)
            }
        }
    }

    private mutating func readValue(_ line: Substring) throws {
        let form = /([a-z_]+)(\{[a-z_]+="[^"\\]*"(,[a-z_]+="[^"\\]*")*\})? (-?[0-9.e+-]+)/
        guard let found = line.wholeMatch(of: form), let value = Double(found.4) else {
            throw Malformed(line: String(line))
        }
        let key = String(found.1) + (found.2.map { String($0) } ?? "")
        guard isTyped(String(found.1)), values[key] == nil else {
            throw Malformed(line: String(line))
        }
        values[key] = value
    }

    /// Whether a sample of this name belongs to a metric that has been announced.
    private func isTyped(_ name: String) -> Bool {
        if let type = types[name] { return type != "histogram" }
        return ["_bucket", "_sum", "_count"].contains { suffix in
            name.hasSuffix(suffix)
                && types[String(name.dropLast(suffix.count))] == "histogram"
        }
    }
}
