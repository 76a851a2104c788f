import Glibc
import Programs

/// A program that was run to its end.
struct ProgramRun {
    /// Nil when a signal ended it.
    let exitCode: Int32?
    /// What it wrote to standard output.
    let output: String

    /// Runs the program at `path`, with `environment` added to this program's own; nil when it
    /// cannot be started.
    init?(_ path: String, _ arguments: [String], environment: [String] = []) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process = Self.start(path, arguments, environment, output: ends[1])
        close(ends[1])
        defer { close(ends[0]) }
        guard let process else { return nil }
        output = String(decoding: Self.read(ends[0]), as: UTF8.self)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return nil }
        }
        exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
    }

    private static func start(
        _ path: String, _ arguments: [String], _ environment: [String], output: Int32
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) == 0 else {
            return nil
        }
        var process: pid_t = 0
        let words = CStrings([path] + arguments)
        let variables = CStrings(environment + ProcessEnvironment.entries)
        let code = posix_spawn(
            &process, path, &actions, nil, words.pointers, variables.pointers)
        return code == 0 ? process : nil
    }

    private static func read(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}
