/// The turn of one of the methods of a job.
struct Turn: Equatable, Sendable {
    /// Counted from 0.
    let index: Int
    /// How many methods there are.
    let count: Int
    /// What the method is called.
    let title: String
}
