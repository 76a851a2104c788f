import Foundation
import Solvers

/// A job that has been read and waits to be solved.
struct Errand {
    let order: JobOrder
    let job: PreparedJob
    let solver: any Solver
    let started: Date
    var stages: Stages
}
