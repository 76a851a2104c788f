package import Jobs

/// A job as it was put into the Inbox, which tells its result from those of other jobs.
package struct SubmittedJob: Sendable {
    /// A file that the job names.
    struct Input: Sendable {
        let path: String
        let digest: FileDigest
    }

    /// Where it is in the Inbox.
    package let submission: Submission
    let job: [UInt8]
    let inputs: [Input]
    let patterns: [JobNeeds.Pattern]
    /// The identifiers of jobs that are others.
    var others: Set<String>

    /// Its result; nil when there is none yet.
    ///
    /// Of jobs that were submitted one after the other, with one name and the same content, each has
    /// its own, as far as this user may see which were accepted before.
    package mutating func result(in files: LinuxFileSystem) -> ResultName? {
        let name = submission.jobName.portable
        // Where there is no Outbox yet, there are no results.
        let results = ((try? files.names(in: Layout.outbox)) ?? [])
            .filter { $0.hasPrefix("\(name)--") }.compactMap(\.exactText)
            .compactMap(ResultName.init)
        for result in results.sorted(by: { $0.identifier < $1.identifier })
        where result.name.text == name && !others.contains(result.identifier.text) {
            if isOurs(Layout.outbox / "\(result)", files) { return result }
            others.insert(result.identifier.text)
        }
        return nil
    }

    /// Whether a result may be that of our job; what cannot be read is not held against it.
    private func isOurs(_ result: SpoolPath, _ files: LinuxFileSystem) -> Bool {
        let held = try? files.read(result / "job.yaml", limit: Layout.largestJobFile)
        if let held, held != job { return false }
        let isSame = inputs.allSatisfy { input in
            guard let path = (result / "inputs").beneath(input.path),
                let digest = try? files.digest(path)
            else { return true }
            return digest == input.digest
        }
        return isSame && patterns.allSatisfy { !hasOthers(result / "inputs", $0, files) }
    }

    /// Whether files fit a pattern that were not submitted.
    private func hasOthers(
        _ inputs: SpoolPath, _ pattern: JobNeeds.Pattern, _ files: LinuxFileSystem
    ) -> Bool {
        let folder = pattern.folder.isEmpty ? inputs : inputs.beneath(pattern.folder)
        let names = folder.flatMap { try? files.names(in: $0) } ?? []
        // By bytes: names that look the same may be two.
        let own = Set(self.inputs.compactMap { inputs.beneath($0.path) })
        return names.contains { name in
            guard let folder, let text = name.exactText else { return false }
            return pattern.matches(text) && !own.contains(folder / name)
        }
    }
}
