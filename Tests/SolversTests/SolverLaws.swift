import Models
import Physics
import Solvers
import TensorSupport
import Tensors
import Testing

/// What every solver must obey on a problem of several pictures.
struct SolverLaws {
    /// Makes the solver anew; the seed is that of its random streams.
    let make: (UInt64) throws -> any Solver
    let problem: Problem
    /// How far rounding may carry one run away from another.
    var tolerance = Tolerance(absolute: 1e-7, relative: 1e-7)
    var sourceLocation: SourceLocation = #_sourceLocation

    func check() throws {
        try checkBatch()
        try checkPermutation()
        try checkSeeds()
        try checkCheckpoints()
        try checkThatCheckpointStops()
        try checkNotFinite()
    }

    private var count: Int { problem.pictures.count }

    private func solve(_ problem: Problem, seed: UInt64 = 1) throws -> Solution {
        try make(seed).solve(problem) { _ in }
    }

    /// Pictures of a batch are what they are alone.
    func checkBatch() throws {
        let together = try solve(problem)
        for place in 0..<count {
            let alone = try solve(problem.selecting([place]))
            try expectClose(
                alone.image, together.image.slice(place..<place + 1, along: 0),
                tolerance: tolerance, "picture \(place) alone", sourceLocation: sourceLocation)
            try expectClose(
                alone.terms[0].objective, together.terms[place].objective, tolerance: tolerance,
                "objective of picture \(place) alone", sourceLocation: sourceLocation)
        }
    }

    /// The order of the pictures does not matter.
    func checkPermutation() throws {
        let order = Array((0..<count).reversed())
        let there = try solve(problem)
        let back = try solve(problem.selecting(order))
        try expectClose(
            back.image.elements(at: Tensor(indices: order)), there.image, tolerance: tolerance,
            "the batch in the opposite order", sourceLocation: sourceLocation)
    }

    func checkSeeds() throws {
        try expectClose(
            solve(problem).image, solve(problem).image, tolerance: .exact, "the same seed",
            sourceLocation: sourceLocation)
    }

    /// Iterations count from 1 to at most the stated total, terms and pictures are those of every
    /// picture, and seconds do not run backwards.
    func checkCheckpoints() throws {
        var last = 0
        var seconds = 0.0
        var shapes: Set<[Int]> = []
        let solution = try make(1).solve(problem) { step in
            #expect(step.iteration > last, sourceLocation: sourceLocation)
            #expect(step.iteration <= step.total, sourceLocation: sourceLocation)
            #expect(step.terms.count == count, sourceLocation: sourceLocation)
            #expect(step.seconds >= seconds, sourceLocation: sourceLocation)
            shapes.insert(step.draft.shape)
            (last, seconds) = (step.iteration, step.seconds)
        }
        #expect(last > 0, sourceLocation: sourceLocation)
        #expect(shapes == [solution.image.shape], sourceLocation: sourceLocation)
        #expect(solution.iterations.allSatisfy { $0 > 0 }, sourceLocation: sourceLocation)
        #expect(solution.terms.count == count, sourceLocation: sourceLocation)
    }

    /// A measurement with NaN or infinite values is refused, whichever picture has them.
    func checkNotFinite() throws {
        let y = problem.measurement
        for value in [Double.nan, .infinity] {
            let broken = try y.slice(count - 1..<count, along: 0).filled(with: value)
            let measurement = try Tensor.concatenated(
                [y.slice(0..<count - 1, along: 0), broken], along: 0)
            let problem = Problem(
                measurement: measurement, forward: problem.forward, noise: problem.noise)
            let error = #expect(throws: SolverError.self, sourceLocation: sourceLocation) {
                try solve(problem)
            }
            #expect(error?.reason == .notFinite, sourceLocation: sourceLocation)
        }
    }

    func checkThatCheckpointStops() throws {
        struct Stop: Error {}
        var calls = 0
        #expect(throws: Stop.self, sourceLocation: sourceLocation) {
            try make(1).solve(problem) { _ in
                calls += 1
                if calls == 2 { throw Stop() }
            }
        }
        #expect(calls == 2, sourceLocation: sourceLocation)
    }
}
