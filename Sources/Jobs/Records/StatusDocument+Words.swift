extension StatusDocument {
    /// How many jobs have ended, and how.
    package var counts: String {
        let warned = finishedWithWarnings ?? 0
        let remark = warned > 0 ? " (\(warned) with warnings)" : ""
        return "\(finished) finished\(remark), \(failed) failed"
    }
}

extension StatusDocument.Progress {
    /// How far the attempt is, in words.
    package var words: String {
        var parts = ["\(percent) %", "\(done) of \(of) picture\(of == 1 ? "" : "s")"]
        if let rate { parts.append("\(rate.fixed(rate < 10 ? 1 : 0)) iterations/s") }
        if let secondsLeft { parts.append("\(Self.duration(secondsLeft)) left") }
        return parts.joined(separator: ", ")
    }

    /// The finished part in hundredths, rounded down.
    package var percent: Int { Int((max(0, min(fraction, 1)) * 100).rounded(.down)) }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(max(0, min(seconds.rounded(), 1e9)))
        return whole < 120 ? "\(whole) s" : whole < 7200 ? "\(whole / 60) min" : "\(whole / 3600) h"
    }
}
