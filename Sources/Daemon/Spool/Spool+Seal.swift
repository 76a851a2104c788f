import FoundationEssentials
import Jobs

extension Spool {
    /// Adds the daemon's files to the results of an attempt and makes all of it durable.
    ///
    /// - Returns: the job, sealed; ready for another attempt when the disk has failed to keep this one.
    func seal(_ record: JobRecord, attempt: Int) throws(DaemonError) -> JobRecord {
        let run = Layout.run(record.id, attempt)
        // Without it the attempt was given up before that could be written down.
        guard try files.exists(run / Self.resultName) else {
            return try giveUp(record, run, "it was not kept")
        }
        var record = record
        do throws(DaemonError) {
            record.remarks = try complete(run, of: record)
        } catch {
            guard error.hasLostWrites else { throw error }
            return try giveUp(record, run, "\(error)")
        }
        return try save(
            record,
            as: .sealed(folder: "run.\(attempt)", result: record.resultName(failed: false)))
    }

    private static let resultName = FileName("result.json")

    /// - Returns: what the result warns of.
    private func complete(
        _ run: SpoolPath, of record: JobRecord
    ) throws(DaemonError) -> JobRecord.Remarks? {
        let job = try files.read(Layout.jobFile(record.id), limit: Layout.largestJobFile)
        try files.replace(run / "job.yaml", with: job)
        try gatherInputs(of: record, into: run / "inputs")
        let inputs = run / "inputs"
        let submitted = try submittedFiles(of: record, in: inputs)
        try writeLog(of: record, in: run, sparing: [inputs], telling: submitted)
        try writeManifest(of: record, in: run, with: submitted, in: inputs)
        try files.syncTree(run, sparing: [inputs])
        return try remarks(in: run)
    }

    /// Gives an attempt up whose results may be lost: the next one writes new files.
    private func giveUp(
        _ record: JobRecord, _ run: SpoolPath, _ why: String
    ) throws(DaemonError) -> JobRecord {
        // Whoever is interrupted here must not seal it after all.
        try files.removeTree(run / Self.resultName)
        let next = record.ending(.failed(.unsynced(why)), policy: settings.retry)
        try save(next)
        return next
    }

    /// What the result in `run` warns of.
    private func remarks(in run: SpoolPath) throws(DaemonError) -> JobRecord.Remarks? {
        let text = try files.read(run / Self.resultName, limit: 64 << 20)
        // Nearly all warn of nothing, which is told sooner than they are understood.
        guard Self.warns(text) else { return nil }
        // What cannot be understood is for its readers to say; it is no reason to keep it back.
        guard let summary = try? JSONDecoder().decode(ResultSummary.self, from: Data(text)),
            let first = summary.allWarnings.first
        else { return nil }
        return JobRecord.Remarks(
            count: summary.allWarnings.count, first: String(first.prefix(300)))
    }

    /// Whether a result has a list of warnings with something in it.
    private static func warns(_ text: [UInt8]) -> Bool {
        let list = Array("\"warnings\": [".utf8)
        var rest = text[...]
        while let place = rest.firstRange(of: list) {
            rest = rest[place.upperBound...]
            if rest.first(where: { $0 > UInt8(ascii: " ") }) == UInt8(ascii: "\"") { return true }
        }
        return false
    }

    /// Puts the result of a failed job together, with everything that was submitted.
    func sealFailure(_ record: JobRecord, _ failure: JobFailure) throws(DaemonError) -> JobRecord {
        try copyJobFile(of: record.id)
        var record = try gathered(record)
        // A daemon that comes after this one tells it too.
        record.lastFailure = failure
        let folder = Layout.failed(record.id)
        if try !files.exists(folder / "inputs") { try takeBackInputs(of: record) }
        try files.ensureFolder(folder)
        try files.replace(folder / "error.json", with: Document.bytes(of: failure))
        try keepJobFile(of: record, in: folder)
        try gatherInputs(of: record, into: folder / "inputs")
        let foreign = [folder / "job.yaml", folder / "inputs"]
        try writeLog(of: record, in: folder, sparing: foreign)
        try files.syncTree(folder, sparing: foreign)
        return try save(
            record, as: .sealed(folder: "failed", result: record.resultName(failed: true)))
    }
}
