import ArgumentParser
import Daemon
import FoundationEssentials
import Glibc
import Jobs
import Programs

struct SubmitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Put a job into the Inbox, whole and at once.",
        discussion: """
            JOB is a job file, or a folder with job.yaml or job.yml in it. The pictures that it \
            names are taken from beside it; pictures that are given take the place of those of the \
            same name. The path of the submission, or with --wait of the result, goes to standard \
            output.
            """)

    @Argument(help: "The job file or folder.")
    var job: String

    @Argument(help: ArgumentHelp("Pictures of the job.", valueName: "image"))
    var images: [String] = []

    @Option(help: "The folder of Inbox and Outbox.")
    var root = "."

    @Option(help: "The name of the job; by default that of its file or folder.")
    var name: String?

    @Flag(help: "Wait for the result; the exit code tells whether the job succeeded.")
    var wait = false

    func run() throws {
        let package = try package()
        let files: LinuxFileSystem
        let submitted: SubmittedJob
        do throws(DaemonError) {
            files = try LinuxFileSystem(root: root)
            submitted = try submit(package, to: files)
        } catch {
            let isMissing = error.code == ENOENT
            StandardError.write(
                isMissing
                    ? "\(error); start sluiced there first, or name its folder with --root"
                    : "\(error)")
            throw error.code == EACCES ? ExitCode(EX_NOPERM) : ExitCode(EX_CANTCREAT)
        }
        if wait { return try report(ResultWatch(files, submitted)) }
        print("\(root)/\(Layout.inbox)/\(submitted.submission.name)")
    }

    private func submit(
        _ package: JobPackage, to files: LinuxFileSystem
    ) throws(DaemonError) -> SubmittedJob {
        let submitted = try Submitter(files: files).submit(
            package.job, name: package.name, inputs: package.inputs, patterns: package.patterns,
            tag: UUID().uuidString)
        if try !files.isLocked() {
            StandardError.write("no daemon works on \(root) now; start one: sluiced --root \(root)")
        }
        return submitted
    }

    private func package() throws -> JobPackage {
        do throws(JobPackage.Fault) {
            return try JobPackage(
                path: trimmed(job), isFolder: isFolder(job), name: name, pictures: images,
                isThere: { access($0, F_OK) == 0 },
                // A folder that cannot be listed has no pictures.
                list: { (try? FileManager.default.contentsOfDirectory(atPath: $0))?.sorted() ?? [] }
            )
        } catch {
            StandardError.write("\(error)")
            switch error {
            case .job(let error) where error.issues.isEmpty: throw ExitCode(EX_NOINPUT)
            case .job, .ambiguous: throw ExitCode(EX_DATAERR)
            case .missing: throw ExitCode(EX_NOINPUT)
            case .unused, .unclear: throw ExitCode(EX_USAGE)
            }
        }
    }

    private func report(_ watch: ResultWatch) throws {
        var watch = watch
        let result = watch.wait { StandardError.write("waiting: \($0)") }
        print("\(root)/\(Layout.outbox)/\(result)")
        guard result.hasFailed else { return }
        StandardError.write("the job failed: \(watch.failure(of: result))")
        throw ExitCode(EX_DATAERR)
    }

    private func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    private func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
