/// One method at one setting on one set of pictures: a job of an experiment.
package struct TrialSpec: Equatable, Sendable {
    /// Which set of pictures.
    package let set: Int
    /// Which method.
    package let method: Int
    /// Which sweep, nil where there is none.
    package let sweep: Int?
    /// The amount of the sweep, nil where there is none.
    package let amount: Double?
    /// The amount of which the best counts, nil where there is one job only.
    package let variant: Double?
    /// The job of all pictures of the set.
    package let job: JobSpec
}

extension ExperimentSpec {
    /// Every job of the experiment: set by set, setting by setting, method by method.
    ///
    /// - Throws: `JobError` when an amount is none that a setting may have.
    package func trials() throws(JobError) -> [TrialSpec] {
        var context = ReadingContext()
        let trials = TrialBuilder(spec: self, root: nil).trials(&context)
        guard context.issues.isEmpty else {
            throw JobError(.invalid(context.issues), file: title)
        }
        return trials
    }

    /// The methods that restore the pictures `set`.
    func methods(on set: Int) -> [Int] {
        methods.indices.filter { methods[$0].sets?.contains(pictures[set].name) ?? true }
    }

    /// The job of `method` on the pictures `set`, before any setting is varied.
    func job(method: Int, set: Int) -> JobSpec {
        var job = job
        job.images = pictures[set].images
        job.prepare = pictures[set].prepare ?? job.prepare
        job.forward = pictures[set].forward ?? job.forward
        job.noise = pictures[set].noise ?? job.noise
        job.solver = methods[method].solver
        job.prior = methods[method].prior ?? job.prior
        return job
    }
}
