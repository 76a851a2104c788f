import Arrays
import Foundation

/// `log.csv`: one row per step, for plotting.
struct TrainingLog {
    private static let header =
        "step,pictures,seconds,learning_rate,gradient_norm,bits_per_dim,validation_bits_per_dim"

    private let path: String
    private var pending: [String] = []

    /// The log in `path`, without the rows after `step`, which will be written again.
    ///
    /// - Throws: `ArrayError` when it cannot be written.
    init(path: String, through step: Int) throws {
        self.path = path
        var rows = [Self.header]
        if step > 0, let data = FileManager.default.contents(atPath: path) {
            rows += String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst()
                .filter { row in
                    row.split(separator: ",").first.flatMap { Int($0) }.map { $0 <= step } ?? false
                }
                .map(String.init)
        }
        try OutputFile.write([UInt8]((rows.joined(separator: "\n") + "\n").utf8), to: path)
    }

    mutating func append(
        _ step: TrainingStep, seconds: Double, pictures: Int, validation: Double?
    ) throws {
        let numbers = [
            String(format: "%.1f", seconds), String(format: "%.4g", step.learningRate),
            String(format: "%.4g", step.gradientNorm),
            String(format: "%.5f", step.bitsPerDimension),
            validation.map { String(format: "%.5f", $0) } ?? "",
        ]
        pending.append("\(step.step),\(pictures)," + numbers.joined(separator: ","))
    }

    /// Appends what was logged since the last call.
    ///
    /// - Throws: an error of Foundation when the file cannot be written.
    mutating func flush() throws {
        guard !pending.isEmpty, let file = FileHandle(forWritingAtPath: path) else { return }
        defer { try? file.close() }  // Everything was written by then.
        try file.seekToEnd()
        try file.write(contentsOf: Data((pending.joined(separator: "\n") + "\n").utf8))
        pending = []
    }
}
