/// How long the methods of an experiment take, and so what is left.
struct ExperimentPace {
    /// Results that have to be computed yet, by method.
    private var waiting: [Int: Int] = [:]
    private var spent: [Int: (seconds: Double, pictures: Double)] = [:]

    /// Results of a method that have to be computed.
    mutating func expect(_ pictures: Int, of method: Int) {
        waiting[method, default: 0] += pictures
    }

    /// Results of a method that are there now, or will never be.
    mutating func note(_ pictures: Int, of method: Int, seconds: Double?) {
        waiting[method, default: 0] -= pictures
        guard let seconds else { return }
        let before = spent[method] ?? (0, 0)
        spent[method] = (before.seconds + seconds, before.pictures + Double(pictures))
    }

    /// Seconds that are left when `seconds` went into `part` pictures of the batch of `method` that
    /// is being solved; nil while nobody knows.
    func secondsLeft(running method: Int, part: Double, seconds: Double) -> Double? {
        var spent = spent
        if part > 0, spent[method] == nil { spent[method] = (seconds, part) }
        let rates = spent.mapValues { $0.seconds / max($0.pictures, 1e-9) }
        guard !rates.isEmpty else { return nil }
        let mean = rates.values.reduce(0, +) / Double(rates.count)
        let all = waiting.reduce(0) { $0 + Double($1.value) * (rates[$1.key] ?? mean) }
        return max(0, all - part * (rates[method] ?? mean))
    }
}
