import ArgumentParser
import Glibc
import Programs

/// `sluice-worker`, the one program that needs libtorch.
struct WorkerProgram {
    static let name = "sluice-worker"

    let path: String

    /// The program beside this one, else the first in `$PATH`; nil when there is none.
    init?() {
        let searchPath = ProcessEnvironment.value("PATH") ?? ""
        guard let path = Installation.program(Self.name, searchPath: searchPath) else { return nil }
        self.path = path
    }

    /// The shared libraries that it needs and that are not found, as the dynamic loader says
    /// without starting it.
    var missingLibraries: [String] {
        let outcome = ProgramRun(path, [], environment: ["LD_TRACE_LOADED_OBJECTS=1"])
        return (outcome?.output ?? "").split(separator: "\n")
            .filter { $0.contains("not found") }
            .compactMap { $0.split(whereSeparator: \.isWhitespace).first.map(String.init) }
    }

    /// Becomes `sluice-worker command arguments…`.
    ///
    /// - Throws: `ExitCode` after a message that says why that is impossible.
    static func handOver(_ command: String, _ arguments: [String]) throws {
        guard let program = WorkerProgram() else {
            throw unavailable("\(name) is neither beside this program nor in $PATH; build it")
        }
        let missing = program.missingLibraries
        guard missing.isEmpty else {
            throw unavailable(
                "\(name) cannot start without \(missing.joined(separator: ", ")); install "
                    + "libtorch with Scripts/install-libtorch; sluice doctor says more")
        }
        let words = CStrings([program.path, command] + arguments)
        setenv("OMP_WAIT_POLICY", "PASSIVE", 0)
        execv(program.path, words.pointers)
        throw unavailable("\(program.path) cannot be started: \(String(cString: strerror(errno)))")
    }

    private static func unavailable(_ message: String) -> ExitCode {
        StandardError.write("error: \(message)")
        return ExitCode(SystemExit.unavailable.rawValue)
    }
}
