extension ExperimentReport {
    /// The means in words, a line for every method at every setting.
    package var lines: [String] {
        panels.flatMap { points(set: $0.set, sweep: $0.sweep) }.map { point in
            var words = [sets[point.set].name]
            if let sweep = point.sweep, let amount = point.amount {
                words.append("\(sweeps[sweep].setting) \(amount.shortest)")
            }
            let name = methods[point.method].name
            words.append(point.variant.map { "\(name) (\($0.shortest))" } ?? name)
            let error = point.psnr.standardError.map { " \u{B1} \($0.fixed(2))" } ?? ""
            words.append("\(point.psnr.mean.fixed(2))\(error) dB")
            return words.joined(separator: ", ")
        }
    }

    /// What came to nothing, each reason once for every method.
    package var failureLines: [String] {
        var lines: [String] = []
        for failure in failures {
            let line = "\(methods[failure.method].name): \(failure.reason)"
            if !lines.contains(line) { lines.append(line) }
        }
        return lines
    }
}

extension Double {
    /// The shortest text that reads back as this number; whole ones without a point.
    var shortest: String {
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
