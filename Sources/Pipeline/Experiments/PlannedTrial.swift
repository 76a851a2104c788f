import Jobs

/// A trial with its pictures, and what its results are called.
struct PlannedTrial {
    let trial: TrialSpec
    let pictures: [JobPicture]
    /// One for every picture.
    let names: [CellDigests.Names]
}

/// A trial, or some of its pictures, that came to nothing.
struct FailedTrial {
    let trial: TrialSpec
    let error: any Error
}
