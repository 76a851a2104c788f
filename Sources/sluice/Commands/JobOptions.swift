import ArgumentParser
import Daemon
import Glibc
import Jobs
import Programs

/// Where commands about jobs look for them.
struct JobOptions: ParsableArguments {
    @Option(help: "The folder of Inbox and Outbox.")
    var root = "."

    /// The jobs of the root.
    ///
    /// - Throws: the exit code, after saying why there are none.
    func registry() throws -> JobRegistry {
        try answered { () throws(DaemonError) in
            let files = try LinuxFileSystem(root: root)
            guard try files.exists(Layout.outbox) else {
                throw DaemonError(
                    .setup("no daemon has worked there yet; start one: sluiced --root \(root)"),
                    "look at", root)
            }
            return JobRegistry(files: files)
        }
    }

    /// The job that `word` means.
    ///
    /// - Throws: the exit code, after saying why there is none.
    func entry(_ word: String, in registry: JobRegistry) throws -> JobEntry {
        let entries = try answered { () throws(DaemonError) in try registry.entries() }
        do throws(RegistryError) {
            return try registry.entry(word, among: entries)
        } catch {
            StandardError.write(waitingInInbox(word, registry) ?? "\(error)")
            throw ExitCode(EX_NOINPUT)
        }
    }

    /// What `body` gives; what it throws becomes a message and an exit code.
    func answered<Value>(_ body: () throws(DaemonError) -> Value) throws -> Value {
        do throws(DaemonError) {
            return try body()
        } catch {
            StandardError.write("\(error)")
            switch error.code {
            case EACCES, EPERM: throw ExitCode(EX_NOPERM)
            case ENOENT, nil: throw ExitCode(EX_NOINPUT)
            default: throw ExitCode(EX_IOERR)
            }
        }
    }

    /// Says so when nobody is there to do what was asked for.
    ///
    /// - Throws: the exit code, after saying why that cannot be known.
    func warnWithoutDaemon(_ registry: JobRegistry) throws {
        let isWorking = try answered { () throws(DaemonError) in try registry.files.isLocked() }
        if !isWorking {
            StandardError.write("no daemon works on \(root) now: it happens when one does")
        }
    }

    /// What to do about a job that is not accepted yet.
    ///
    /// - Parameters:
    ///   - word: the name of a job, or of its file.
    ///   - registry: the jobs that are accepted.
    /// - Returns: nil when the Inbox holds none of that name.
    func waitingInInbox(_ word: String, _ registry: JobRegistry) -> String? {
        let names = (try? registry.files.names(in: Layout.inbox)) ?? []
        guard let found = names.first(where: { $0.text == word || $0.jobStem?.text == word })
        else { return nil }
        return """
            \(word) is not accepted yet: sluice status says what it waits for, and removing \
            \(root)/\(Layout.inbox)/\(found.text) takes it back
            """
    }
}
