/// What tells one submission from all others: the time of acceptance and random digits, such as
/// `20260131-235959-3f9a0c`, so that names sort by time.
package struct JobIdentifier: Equatable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package var description: String { text }

    /// Nil for what is no identifier.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [8, 6, 6],
            parts[0].utf8.allSatisfy(Self.isDigit), parts[1].utf8.allSatisfy(Self.isDigit),
            parts[2].utf8.allSatisfy(Self.isHexadecimal)
        else { return nil }
        self.text = text
    }

    /// A new one for a moment in seconds since 1970 (UTC), before the year 10000.
    ///
    /// - Parameters:
    ///   - seconds: the moment.
    ///   - previous: one that was made before; of one second, the new one is greater.
    ///   - generator: draws the digits.
    package init(
        secondsSince1970 seconds: Int64, after previous: JobIdentifier? = nil,
        using generator: inout some RandomNumberGenerator
    ) {
        let latest: Int64 = 253_402_300_799
        let clamped = min(max(0, seconds), latest)
        let (days, rest) = clamped.quotientAndRemainder(dividingBy: 86400)
        let date = Self.date(days)
        let time = [
            Self.padded(date.year, 4) + Self.padded(date.month, 2) + Self.padded(date.day, 2),
            Self.padded(rest / 3600, 2) + Self.padded(rest / 60 % 60, 2)
                + Self.padded(rest % 60, 2),
        ].joined(separator: "-")
        let least = previous.flatMap { $0.text.hasPrefix(time) ? $0.digits + 1 : nil }
        let digits = Self.digits(from: least, &generator)
        text = "\(time)-" + Self.padded(String(digits, radix: 16), 6)
    }

    /// The number that the random digits are.
    private var digits: Int { Int(text.suffix(6), radix: 16) ?? 0 }

    /// Random digits, in steps so small that a second has room for thousands that grow.
    private static func digits(
        from least: Int?, _ generator: inout some RandomNumberGenerator
    ) -> Int {
        guard let least else { return Int.random(in: 0..<0xF0_0000, using: &generator) }
        let most = 0xFF_FFFF
        guard least < most else { return most }
        return Int.random(in: least...min(most, least + 0xFF), using: &generator)
    }

    package static func < (a: JobIdentifier, b: JobIdentifier) -> Bool { a.text < b.text }

    /// The Gregorian date of a day counted from 1970-01-01, not negative; with years that begin
    /// in March, so that the leap day comes last.
    private static func date(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        padded(String(number), width)
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
