import Jobs

extension ByteCount {
    /// A size for people: rounded up to whole kilobytes, or megabytes from one on.
    static func rounded(_ bytes: Int) -> String {
        let unit = bytes < 1_000_000 ? 1000 : 1_000_000
        let whole = bytes / unit * unit
        return ByteCount(bytes: whole < bytes ? whole.addingLimited(unit) : whole).text
    }
}
