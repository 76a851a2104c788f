import Arrays
import Foundation

/// `log.csv`: one row per step, for plotting.
struct TrainingLog {
    private let path: String
    private var pending: [String] = []

    /// The log in `path`, without the rows after `step`, which will be written again.
    ///
    /// - Throws: `ArrayError` when it cannot be written.
    init(path: String, _ objective: any Objective, through step: Int) throws {
        self.path = path
        let columns =
            ["step", "pictures", "seconds", "learning_rate", "gradient_norm"]
            + [objective.trained.column, objective.validated.column]
        var rows = [columns.joined(separator: ",")]
        if step > 0, let data = FileManager.default.contents(atPath: path) {
            rows += String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst()
                .filter { Self.number(of: $0, columns).map { $0 <= step } ?? false }
                .map(String.init)
        }
        try OutputFile.write([UInt8]((rows.joined(separator: "\n") + "\n").utf8), to: path)
    }

    /// The step that a row is about; nil when the row was cut off.
    private static func number(of row: Substring, _ columns: [String]) -> Int? {
        let cells = row.split(separator: ",", omittingEmptySubsequences: false)
        guard cells.count == columns.count else { return nil }
        return cells.first.flatMap { Int($0) }
    }

    mutating func append(
        _ step: TrainingStep, seconds: Double, pictures: Int, validation: Double?
    ) throws {
        let numbers = [
            String(format: "%.1f", seconds), String(format: "%.4g", step.learningRate),
            String(format: "%.4g", step.gradientNorm),
            String(format: "%.5f", step.figure),
            validation.map { String(format: "%.5f", $0) } ?? "",
        ]
        pending.append("\(step.step),\(pictures)," + numbers.joined(separator: ","))
    }

    /// Appends what was logged since the last call.
    ///
    /// - Throws: `ArrayError` when the file cannot be written.
    mutating func flush() throws(ArrayError) {
        guard !pending.isEmpty else { return }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ArrayError(.system(operation: .open, code: errno), in: path)
        }
        defer { close(descriptor) }
        var rows = Array((pending.joined(separator: "\n") + "\n").utf8)[...]
        while !rows.isEmpty {
            let count = rows.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw ArrayError(.system(operation: .write, code: errno), in: path)
            }
            rows = rows.dropFirst(count)
        }
        pending = []
    }
}
