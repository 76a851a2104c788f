/// What users are told about jobs that wait in Slurm.
extension SlurmExecutor {
    package func tell(_ hear: @escaping @Sendable (ExecutorNotes) -> Void) {
        ear = hear
    }

    /// Notes why Slurm does not run the job of an attempt, or what else is waited for; nil for nothing.
    func note(_ wait: String?, of attempt: Attempt) async {
        await publish { $0.waits[attempt.id] = wait }
    }

    /// Notes what `listing` says about the Slurm job `id` of an attempt.
    func note(_ listing: SlurmListing?, _ id: Int?, of attempt: Attempt) async {
        let name = SlurmFolder.jobName(of: attempt)
        await note(listing?.jobs.first { $0.id == id && $0.name == name }?.wait, of: attempt)
    }

    private func publish(_ change: (inout ExecutorNotes) -> Void) async {
        // With nobody left who asks, nobody would hear that it answers again.
        let trouble = running.isEmpty ? nil : await controller.trouble
        // Others publish while this one waits; from here on nobody does.
        var next = notes
        next.trouble = trouble
        change(&next)
        guard next != notes else { return }
        notes = next
        ear(next)
    }
}
