import Jobs

extension ResultSummary {
    /// The most important of it in a few words.
    package var words: String {
        var parts = ["\(images.count) picture\(images.count == 1 ? "" : "s")"]
        if let seconds { parts.append("\(seconds.fixed(1)) s") }
        if let psnr = mean?.psnr { parts.append("PSNR \(psnr.fixed(2)) dB") }
        if let first = allWarnings.first {
            parts.append(JobRecord.Remarks(count: allWarnings.count, first: first).words)
        }
        return parts.joined(separator: ", ")
    }
}
