import ArgumentParser
import Daemon
import FoundationEssentials
import Glibc
import Jobs
import Programs

struct RetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Run a job again.",
        discussion: """
            JOB is an identifier, the beginning or end of one, or the name of a job. A job that has \
            ended is submitted again with the pictures in its result, which stays; when they are not \
            there any more, nothing is submitted. A job that waits for something outside is tried \
            at once.
            """)

    @Argument(help: "The job.")
    var job: String

    @OptionGroup var options: JobOptions

    func run() throws {
        let registry = try options.registry()
        let entry = try options.entry(job, in: registry)
        guard let result = entry.result else { return try hurry(entry, registry) }
        let source = ResultFiles(registry.files, result, root: options.root)
        // A folder of some names would be taken for somebody's unfinished business.
        let name = FileName(entry.name).isIgnored ? entry.name + "_" : entry.name
        let package = try package(name, source)
        let submission = try options.answered { () throws(DaemonError) in
            try Submitter(files: registry.files).submit(
                package.job, name: package.name, inputs: package.inputs,
                patterns: package.patterns, tag: UUID().uuidString, copy: source.copy(_:to:)
            ).submission
        }
        print("\(options.root)/\(Layout.inbox)/\(submission.name)")
    }

    private func hurry(_ entry: JobEntry, _ registry: JobRegistry) throws {
        guard entry.state == .queued else {
            StandardError.write("\(entry.name) (\(entry.id)) is running")
            throw ExitCode(EX_TEMPFAIL)
        }
        try options.answered { () throws(DaemonError) in
            try registry.leave(JobWish(.retry, entry.id))
        }
        print(entry.id)
        try options.warnWithoutDaemon(registry)
    }

    /// The job with the pictures that its result holds.
    private func package(_ name: String, _ source: ResultFiles) throws -> JobPackage {
        do throws(JobPackage.Fault) {
            return try JobPackage(
                path: "\(source.path)/job.yaml", isFolder: false, name: name,
                inputs: "\(source.path)/inputs", demand: .everything, pictures: [],
                isThere: source.hasFile, list: source.names(in:), read: source.read)
        } catch {
            StandardError.write(Self.words(for: error, source.path))
            throw ExitCode(EX_DATAERR)
        }
    }

    /// Why the job of the result `folder` cannot be run again as it was.
    private static func words(for fault: JobPackage.Fault, _ folder: String) -> String {
        guard case .missing(let names) = fault else { return "\(fault)" }
        return """
            the result does not hold what the job names: \(names.joined(separator: ", ")); it never \
            had it, or keep_inputs has removed it. Submit the job with its pictures: \
            sluice submit \(folder)/job.yaml PICTURE...
            """
    }
}
