/// The laws, by where they hold.
extension ExecutorLaws {
    typealias Law = @Sendable (ExecutorLaws) async throws -> Void

    /// The laws that hold everywhere.
    static let common: [Law] = [
        { try await $0.success() }, { try await $0.failure() }, { try await $0.crash() },
        { try await $0.nonsense() }, { try await $0.timeLimit() }, { try await $0.memory() },
        { try await $0.progress() }, { try await $0.cancel() }, { try await $0.stop() },
    ]
    /// The laws that hold with Slurm, beside others.
    static let concurrent: [Law] = [
        { try await $0.adoption(after: .afterWritingNumber) },
        { try await $0.adoption(after: .beforeWritingNumber) },
        { try await $0.refusal() }, { try await $0.endFromOutside() },
    ]
    /// Those that are alone with it.
    static let lonely: [Law] = [
        { try await $0.absenceWhileRunning() }, { try await $0.absenceBeforeSubmission() },
    ]
    /// Those that only a Slurm made of scripts can be tried with: its programs misbehave.
    static let wrong: [Law] = [
        { for listing in ExecutorLaws.Listing.allCases { try await $0.wrongListing(listing) } },
        { try await $0.resultWhileHanging() }, { try await $0.stopWhileHanging() },
        { try await $0.cancelWhileHanging() }, { try await $0.deniedCancel() },
    ]
}
