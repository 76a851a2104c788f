import Jobs

extension [Stray] {
    /// How many are told one by one.
    private static var most: Int { 10 }

    /// What to do about the strays, those excepted that accepted jobs have named.
    func advice(besides jobs: [JobRecord]) -> [String] {
        // What a job names is known only when it has been copied.
        guard !jobs.contains(where: { $0.state == .accepted }) else { return [] }
        let inputs = jobs.flatMap(\.inputs).compactMap { Layout.inbox.beneath($0.path) }
        let used = Set(inputs.compactMap { $0.names.dropFirst().first })
        let left = filter { !used.contains($0.name) }
        let told = left.prefix(Self.most).map(\.advice)
        let rest = left.count - told.count
        return rest > 0
            ? told + ["\(rest) more pictures and folders in the Inbox are in no job"] : told
    }
}
