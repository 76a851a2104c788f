internal import YAML

extension Rule where Value == Duration {
    /// A time with its unit, such as `30 s`, from `least` to `most`.
    package static func duration(from least: Duration, to most: Duration) -> Rule {
        let range = "\(DurationText.text(of: least)) to \(DurationText.text(of: most))"
        let expected = "a time from \(range), such as 500 ms, 30 s, 10 min, 6 h or 7 d"
        return scalar(
            expected: expected,
            schema: ["type": "string", "pattern": "^[0-9]+ ?(ms|s|min|h|d)$"],
            placeholder: least,
            parse: { scalar in
                guard let duration = DurationText.duration(of: scalar.text) else { return nil }
                return (least...most).contains(duration) ? duration : nil
            },
            write: { .text(DurationText.text(of: $0)) })
    }
}

/// Times as a user writes them: a whole number and a unit.
enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1),
    ]

    static func duration(of text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let count = Int64(digits), let factor = units.first(where: { $0.name == unit })
        else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: factor.milliseconds)
        return overflow ? nil : .milliseconds(milliseconds)
    }

    /// In the largest unit that gives a whole number; less than a millisecond is lost.
    static func text(of duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "0 s" }
        for unit in units where milliseconds.isMultiple(of: unit.milliseconds) {
            return "\(milliseconds / unit.milliseconds) \(unit.name)"
        }
        return "\(milliseconds) ms"
    }
}
