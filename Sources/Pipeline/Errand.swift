import Foundation

/// A job that has been read and waits to be solved.
struct Errand {
    let order: JobOrder
    let job: PreparedJob
    let solver: any DescribedSolver
    let started: Date
    var stages: Stages
}
