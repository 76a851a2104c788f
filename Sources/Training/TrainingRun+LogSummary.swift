package import Arrays
import Foundation

extension TrainingRun {
    /// The rows of the log that a reader needs: those with a validation, and a hundred others.
    ///
    /// - Returns: nil when there is no log.
    /// - Throws: `ArrayError` when the log cannot be read.
    package func logSummary() throws(ArrayError) -> [UInt8]? {
        let path = "\(folder)/\(Self.logFile)"
        guard InputFile.exists(path) else { return nil }
        let text = String(decoding: try InputFile(path).contents(), as: UTF8.self)
        let rows = text.split(separator: "\n")
        let stride = max(rows.count / 100, 1)
        let kept = rows.enumerated().filter { index, row in
            index == 0 || index % stride == 0 || index == rows.count - 1 || !row.hasSuffix(",")
        }
        return [UInt8]((kept.map { String($0.element) }.joined(separator: "\n") + "\n").utf8)
    }
}
