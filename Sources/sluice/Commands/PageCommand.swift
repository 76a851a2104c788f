import ArgumentParser
import Glibc
import Programs

struct PageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page", abstract: "Show what the daemon does in a browser of this machine.")

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("What sluice-page takes.", valueName: "options"))
    var arguments: [String] = []

    func run() throws {
        let searchPath = ProcessEnvironment.value("PATH") ?? ""
        guard let path = Installation.program("sluice-page", searchPath: searchPath) else {
            StandardError.write(
                "error: sluice-page is neither beside this program nor in $PATH; build it")
            throw ExitCode(EX_UNAVAILABLE)
        }
        let words = CStrings([path] + arguments)
        execv(path, words.pointers)
        StandardError.write("error: \(path) cannot be started: \(String(cString: strerror(errno)))")
        throw ExitCode(EX_UNAVAILABLE)
    }
}
