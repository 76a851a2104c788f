import Reports

/// How long the parts of a job took.
struct Stages {
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var last: ContinuousClock.Instant
    private(set) var facts: [RunFacts.Stage] = []

    init() {
        began = clock.now
        last = began
    }

    /// Ends the part that began with the last call.
    mutating func end(_ name: String) {
        let now = clock.now
        facts.append(.init(name: name, seconds: (now - last) / .seconds(1)))
        last = now
    }

    /// Seconds since the beginning.
    var total: Double { (clock.now - began) / .seconds(1) }
}
