import Jobs

/// What Slurm says when it is asked about one job.
extension SlurmController {
    /// Asks the controller and, when it does not know the job, accounting.
    ///
    /// - Parameters:
    ///   - id: the number of the job.
    ///   - name: its name; what is said of a job of another name is about another job.
    /// - Returns: what is known.
    func inquire(about id: Int, _ name: String) async -> SlurmNews {
        switch await record(of: id, name) {
        case .success(let record?): record.state.isFinal ? .over(record) : .alive
        case .success(nil): await remember(id, name)
        case .failure(let trouble): .unsure(trouble.text)
        }
    }

    /// How the program of a job ended: its exit code and the signal; nil when nobody knows.
    func exit(of id: Int, _ name: String) async -> SlurmExit? {
        guard case .success(let record) = await record(of: id, name) else { return nil }
        return record?.exit
    }

    /// What the controller knows of a job.
    ///
    /// - Returns: nil when it does not know the job.
    private func record(
        of id: Int, _ name: String
    ) async -> Result<SlurmRecord?, SlurmTrouble> {
        let answer = await command.run(
            programs.scontrol, ["--oneliner", "show", "job", "\(id)"])
        switch answer {
        case .success(let lines):
            // Names of other jobs may have line feeds.
            guard let record = SlurmRecord(description: lines.joined(separator: " ")) else {
                return .failure(.away("scontrol prints \(lines.first ?? "nothing")"))
            }
            return .success(record.name == name ? record : nil)
        case .failure(let trouble):
            return trouble.isAboutNothing ? .success(nil) : .failure(trouble)
        }
    }

    /// What accounting remembers of a job that the controller does not know.
    private func remember(_ id: Int, _ name: String) async -> SlurmNews {
        guard let sacct = programs.sacct else { return .unknown }
        let answer = await command.run(
            sacct,
            [
                "--noheader", "--parsable2", "--allocations", "--duplicates", "--jobs=\(id)",
                "--format=\(SlurmRecord.memoryFormat)",
            ])
        switch answer {
        case .success(let lines):
            let records = lines.compactMap { SlurmRecord(memory: $0) }
            if records.isEmpty, let line = lines.first { return .unsure("sacct prints \(line)") }
            guard let record = records.last(where: { $0.name == name }) else { return .unknown }
            if record.state.isFinal { return .over(record) }
            return .unsure("accounting says \(record.state.word), the controller does not know it")
        // Where there is no accounting, the program is there all the same.
        case .failure(.refused): return .unknown
        case .failure(.away(let text)): return .unsure(text)
        }
    }
}
