/// Since when files in the Inbox wait, in `.work/waiting`: a line `INODE CHANGED SECONDS` for each.
///
/// Within one daemon the monotonic clock counts; from one daemon to the next only the time of day
/// does. The file is not synced: after a power cut waits may begin anew, and no more than that.
extension Spool {
    private static let largest = 64 << 20

    /// Writes since when files wait, in times of a clock that shows `now`.
    func write(waits: [WaitKey: Duration], at now: Duration) throws(DaemonError) {
        guard !waits.isEmpty else { return try files.removeTree(Layout.waits) }
        let date = self.now()
        // Of a hundred thousand, no more copies than this one.
        var text: [UInt8] = []
        text.reserveCapacity(waits.count * 56)
        for (key, since) in waits {
            let seconds = Int((date - (now - since) / .seconds(1)).rounded(.up))
            text += "\(key.inode) \(key.changed) \(seconds)\n".utf8
        }
        let temporary = Layout.waits.temporary
        try files.removeTree(temporary)
        try files.create(temporary, holding: text)
        try files.rename(temporary, to: Layout.waits, replacing: true)
    }

    /// What an earlier daemon wrote; what of it makes no sense is left out.
    func readWaits() throws(DaemonError) -> [WaitKey: Double] {
        guard try files.exists(Layout.waits) else { return [:] }
        let text = String(
            decoding: try files.read(Layout.waits, limit: Self.largest), as: UTF8.self)
        let waits = text.split(separator: "\n").compactMap { line -> (WaitKey, Double)? in
            let words = line.split(separator: " ")
            guard words.count == 3, let inode = UInt64(words[0]), let changed = Int(words[1]),
                let since = Int(words[2])
            else { return nil }
            return (WaitKey(inode: inode, changed: changed), Double(since))
        }
        return Dictionary(waits) { min($0, $1) }
    }
}
