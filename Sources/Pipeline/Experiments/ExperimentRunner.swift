package import Arrays
import Foundation
import Jobs
package import Reports
import Solvers
import Tensors

/// Carries out an experiment: every method at every setting on every picture, each once.
///
/// What is there already, from a run that was interrupted or had fewer pictures, is not computed
/// again. Models stay in memory from one job to the next.
package struct ExperimentRunner {
    /// What a run left behind.
    package struct Outcome {
        package let report: ExperimentReport
        /// Why the first of those failed that failed, nil when none did.
        package let failure: (any Error)?
    }

    /// What the listener threw, which ends the work.
    private struct Stop: Error {
        let error: any Error
    }

    package typealias Ear = (ExperimentProgress) throws -> Void

    let order: ExperimentOrder
    let folder: CellFolder
    let reader: PictureReader
    private var shelf = ModelShelf(capacity: 4)
    private var pace = ExperimentPace()
    /// The cells of this experiment that are there, without their pictures.
    private(set) var cells: [String: Cell] = [:]
    private var count = 0
    private(set) var failures: [FailedTrial] = []
    private let clock = ContinuousClock()

    /// - Throws: `ArrayError` when nothing can be written to the folder of the results.
    package init(_ order: ExperimentOrder) throws(ArrayError) {
        self.order = order
        folder = try CellFolder(order.output)
        reader = PictureReader(
            policy: order.policy, folder: order.folder,
            limits: WorkerRequest.Limits(pictures: 1_000_000))
    }

    /// Computes what is missing, and writes the tables and the page.
    ///
    /// A trial that fails is reported, and the others go on.
    ///
    /// - Throws: what `hear` throws, `JobError` when an amount is none that a setting may have, and
    ///   `ArrayError` or `ImageError` when results cannot be written.
    package mutating func run(hear: Ear) throws -> Outcome {
        let (started, began) = (Date(), clock.now)
        let plan = try ExperimentPlan(order, reader: reader)
        failures = plan.failures
        expect(plan)
        for planned in plan.trials where order.includes(planned.trial) {
            do {
                try solve(planned, hear)
            } catch let stop as Stop {
                throw stop.error
            } catch {
                fail(planned, missing(of: planned).count, error)
            }
        }
        let seconds = (clock.now - began) / .seconds(1)
        let report = try report(plan, started: started, seconds: seconds)
        try write(report)
        return Outcome(report: report, failure: failures.first?.error)
    }

    /// Looks what is there, and counts what is not.
    private mutating func expect(_ plan: ExperimentPlan) {
        var seen: Set<String> = []
        // A cell may belong to several trials, of which not all are carried out.
        let wanted = plan.trials.filter { order.includes($0.trial) }.flatMap(\.names).map(\.cell)
        let fresh = order.isFresh ? Set(wanted) : []
        for planned in plan.trials {
            for name in planned.names where seen.insert(name.cell).inserted {
                let isWanted = order.includes(planned.trial)
                if !fresh.contains(name.cell), var cell = folder.cell(name.cell) {
                    cell.restored = []
                    cells[name.cell] = cell
                } else if isWanted {
                    pace.expect(1, of: planned.trial.method)
                } else {
                    seen.remove(name.cell)
                }
            }
        }
        count = seen.count
    }

    /// The places of the pictures whose cell is not there.
    private func missing(of planned: PlannedTrial) -> [Int] {
        planned.names.indices.filter { cells[planned.names[$0].cell] == nil }
    }

    private mutating func fail(_ planned: PlannedTrial, _ pictures: Int, _ error: any Error) {
        failures.append(FailedTrial(trial: planned.trial, error: error))
        pace.note(pictures, of: planned.trial.method, seconds: nil)
    }
}

// MARK: One trial

extension ExperimentRunner {
    private mutating func solve(_ planned: PlannedTrial, _ hear: Ear) throws {
        let missing = missing(of: planned)
        guard !missing.isEmpty else { return }
        let began = clock.now
        try tell(planned, 0, seconds: 0, hear)
        let job = try PreparedJob(
            planned.trial.job, reader: reader, device: order.device, shelf: &shelf,
            pictures: planned.pictures)
        let restoration = Restoration(jobs: [job], solver: try Restorer.solver(for: job))
        var since = began
        var queue = BatchQueue(
            counts: [missing.count], size: order.spec.batch ?? restoration.batchSize)
        while let parts = queue.next() {
            let batch = parts.flatMap { $0.range.map { missing[$0] } }
            do {
                let results = try solve(batch, of: planned, restoration, since, hear)
                try keep(results, batch, of: planned)
                let seconds = (clock.now - since) / .seconds(1)
                pace.note(batch.count, of: planned.trial.method, seconds: seconds)
            } catch let stop as Stop {
                throw stop
            } catch {
                if queue.halve(parts, after: error) { continue }
                fail(planned, batch.count, restoration.explained(error))
            }
            since = clock.now
        }
    }

    private func solve(
        _ batch: [Int], of planned: PlannedTrial, _ restoration: Restoration,
        _ since: ContinuousClock.Instant, _ hear: Ear
    ) throws -> [RestoredPicture] {
        let restored = try RestoredBatch(restoration, Self.parts(batch))
        return try restored.run { step in
            let part = Double(step.iteration) / Double(max(step.total, 1)) * Double(batch.count)
            try tell(planned, part, seconds: (clock.now - since) / .seconds(1), hear)
        }.flatMap { $0 }
    }

    /// Writes what was found; where that cannot be done, it is of no use to go on.
    private mutating func keep(
        _ results: [RestoredPicture], _ batch: [Int], of planned: PlannedTrial
    ) throws(Stop) {
        do {
            try write(results, batch, of: planned)
        } catch {
            throw Stop(error: error)
        }
    }

    private mutating func write(
        _ results: [RestoredPicture], _ batch: [Int], of planned: PlannedTrial
    ) throws {
        for (place, result) in zip(batch, results) {
            let names = planned.names[place]
            if let truth = result.truth {
                try folder.write(truth.hostArray(), .truths, names.truth)
            }
            try folder.write(result.measurement.hostArray(), .measurements, names.measurement)
            var cell = try Cell(
                result, device: order.device.description, threads: order.threads)
            try folder.write(cell, names.cell, about: about(planned, place))
            cell.restored = []
            cells[names.cell] = cell
        }
    }

    private func tell(
        _ planned: PlannedTrial, _ part: Double, seconds: Double, _ hear: Ear
    ) throws(Stop) {
        let left = pace.secondsLeft(
            running: planned.trial.method, part: part, seconds: seconds)
        let progress = ExperimentProgress(
            done: cells.count, count: count,
            fraction: count > 0 ? (Double(cells.count) + part) / Double(count) : 1,
            subject: subject(of: planned.trial), secondsLeft: left)
        do {
            try hear(progress)
        } catch {
            throw Stop(error: error)
        }
    }

    /// What a cell says of itself to a person who opens it.
    private func about(
        _ planned: PlannedTrial, _ place: Int
    ) -> [(name: String, value: JSONValue)] {
        let trial = planned.trial
        let sweep = trial.sweep.map { order.spec.sweeps[$0].variation.settings.map(\.text) }
        return [
            ("version", JSONValue(1)), ("experiment", .string(order.name)),
            ("set", .string(order.spec.pictures[trial.set].name)),
            ("method", .string(order.spec.methods[trial.method].name)),
            ("setting", .string(sweep?.joined(separator: ", ") ?? "")),
            ("amount", JSONValue(trial.amount)), ("variant", JSONValue(trial.variant)),
            ("picture", .string(planned.pictures[place].source)), ("number", JSONValue(place)),
            ("software", .string(order.software)),
        ]
    }

    private func subject(of trial: TrialSpec) -> String {
        let method = order.spec.methods[trial.method].name
        guard let sweep = trial.sweep, let amount = trial.amount else { return method }
        return "\(method), \(order.spec.sweeps[sweep].axisLabel) \(amount)"
    }

    /// Places in ascending order as ranges.
    private static func parts(_ places: [Int]) -> [BatchPart] {
        var parts: [BatchPart] = []
        for (index, place) in places.enumerated() {
            if let last = parts.last, last.range.upperBound == place {
                parts[parts.count - 1] = BatchPart(
                    job: 0, range: last.range.lowerBound..<place + 1,
                    places: last.places.lowerBound..<index + 1)
            } else {
                parts.append(
                    BatchPart(job: 0, range: place..<place + 1, places: index..<index + 1))
            }
        }
        return parts
    }
}
