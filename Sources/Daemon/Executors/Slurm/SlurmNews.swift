/// What is known of a job that listings lack.
enum SlurmNews: Sendable {
    /// The controller has it, and it has not ended.
    case alive
    /// It has ended so.
    case over(SlurmRecord)
    /// Neither the controller nor accounting has a job of this number and name.
    case unknown
    /// One of them does not answer, or they contradict each other, as is told here.
    case unsure(String)
}
