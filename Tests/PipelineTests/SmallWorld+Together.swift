import Pipeline

/// What came of jobs that were solved together, by their places.
struct TogetherNews {
    /// Whose progress was heard, in its order.
    var order: [Int] = []
    var outcomes: [Int: JobOutcome] = [:]
    var failures: [Int: String] = [:]
}

extension SmallWorld {
    /// Solves `orders` together.
    mutating func run(_ orders: [JobOrder]) throws -> TogetherNews {
        var news = TogetherNews()
        try restorer.restore(orders) { index, event in
            switch event {
            case .progress: news.order.append(index)
            case .finished(let outcome): news.outcomes[index] = outcome
            case .failed(let error): news.failures[index] = "\(error)"
            }
        }
        return news
    }
}
