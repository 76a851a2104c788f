/// Why something cannot be measured.
struct BenchError: Error, CustomStringConvertible {
    enum Reason {
        case noModel(lookedIn: [String])
        case tooFewTimes(Int)
        case noMemoryFigure
    }

    let reason: Reason
    /// What was to be measured or found.
    let context: String

    var description: String {
        switch reason {
        case .noModel(let places):
            """
            \(context): there is no such model in \(places.joined(separator: ", ")); give the \
            path of its folder
            """
        case .tooFewTimes(let count):
            "\(context): only \(count) iterations were timed; ask for more with --iterations"
        case .noMemoryFigure:
            "\(context): /proc/self/status does not say how much memory is used"
        }
    }
}
