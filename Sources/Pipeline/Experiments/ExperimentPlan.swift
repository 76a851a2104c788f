import Jobs

/// All trials of an experiment with their pictures, and those that cannot be made.
struct ExperimentPlan {
    private(set) var trials: [PlannedTrial] = []
    private(set) var failures: [FailedTrial] = []

    /// Pictures that were read and prepared already.
    private struct PictureSet {
        let set: Int
        let prepare: PrepareSpec
        let pictures: [JobPicture]
        let digests: [String]
    }

    /// Reads the pictures and names the results of every trial of `order`.
    ///
    /// - Throws: `JobError` when an amount is none that a setting may have.
    init(_ order: ExperimentOrder, reader: PictureReader) throws(JobError) {
        var digests = CellDigests(reader: reader, software: order.software)
        var sets: [PictureSet] = []
        for trial in try order.spec.trials() {
            do {
                let set = try Self.set(of: trial, order, reader, &sets)
                let names = try digests.names(of: trial.job, set.digests)
                trials.append(PlannedTrial(trial: trial, pictures: set.pictures, names: names))
            } catch {
                guard order.includes(trial) else { continue }
                failures.append(FailedTrial(trial: trial, error: error))
            }
        }
    }

    private static func set(
        of trial: TrialSpec, _ order: ExperimentOrder, _ reader: PictureReader,
        _ sets: inout [PictureSet]
    ) throws -> PictureSet {
        let known = sets.first { $0.set == trial.set && $0.prepare == trial.job.prepare }
        if let known { return known }
        let all = try reader.pictures(trial.job.images, prepare: trial.job.prepare)
        let pictures = Array(all.prefix(order.limit ?? all.count))
        let set = PictureSet(
            set: trial.set, prepare: trial.job.prepare, pictures: pictures,
            digests: pictures.map(CellDigests.digest))
        sets.append(set)
        return set
    }
}

extension ExperimentOrder {
    /// Whether this is one of the methods that are carried out.
    func includes(_ trial: TrialSpec) -> Bool {
        methods.isEmpty || methods.contains(spec.methods[trial.method].name)
    }
}
