import Arrays
import FoundationEssentials
import Glibc
import Jobs

/// A worker that restores nothing and can misbehave in every way that a real one could.
///
/// A comment in the job file says what it does: `# fake: crash`, `# fake: sleep 200`, …
@main
struct FakeWorker {
    private let answers: Int32

    static func main() throws {
        // Like the real worker: what libraries print must not break the protocol.
        let worker = FakeWorker(answers: answers)
        dup2(2, 1)
        try worker.serve()
    }

    /// Where events go: standard output, or the file that is named; requests come from a file too.
    private static var answers: Int32 {
        let arguments = CommandLine.arguments
        guard arguments.count > 5, arguments[2] == "--requests", arguments[4] == "--events" else {
            return dup(1)
        }
        dup2(open(arguments[3], O_RDONLY), 0)
        let events = open(arguments[5], O_WRONLY | O_CREAT | O_EXCL | O_APPEND, 0o644)
        if events < 0 { exit(75) }
        return events
    }

    /// Uses so many MiB of memory, and tells the kernel that it means it.
    private func hoard(mebibytes: Int) {
        var hoard: [[UInt8]] = []
        for _ in 0..<mebibytes { hoard.append([UInt8](repeating: 1, count: 1 << 20)) }
        _ = Glibc.sleep(20)
        log("\(hoard.count) MiB were there for the taking\n")
    }

    private func serve() throws {
        say(.ready(.init(software: "fake 1")))
        while let line = readLine(strippingNewline: true) {
            switch try WorkerLine.request(Data(line.utf8)) {
            case .probe(let probe): self.probe(probe)
            case .solve(let solve): try self.solve(solve)
            case .together(let together): for solve in together.jobs { try self.solve(solve, true) }
            }
        }
    }

    private func say(_ event: WorkerEvent) {
        guard let line = try? WorkerLine.encode(event) else { return }
        say(Array(line))
    }

    private func say(_ bytes: [UInt8]) {
        _ = write(answers, bytes, bytes.count)
    }

    private func crash() {
        // The handler of Swift's runtime would print and go on, since nothing is really wrong.
        signal(SIGSEGV, SIG_DFL)
        raise(SIGSEGV)
    }

    private func log(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(2, bytes, bytes.count)
    }

    private func probe(_ probe: WorkerRequest.Probe) {
        var bad: [WorkerEvent.Probed.Bad] = []
        for picture in probe.pictures {
            let (text, code) = content(of: picture, in: probe.directory)
            if code != 0 {
                bad.append(
                    .init(
                        picture: picture, reason: String(cString: strerror(code)),
                        fault: [ENOENT, ENOTDIR].contains(code) ? .damaged : .unreachable))
            }
            if text.contains("crash") { crash() }
            if text.contains("takes for ever") { while true { pause() } }
            if text.contains("broken") { bad.append(.init(picture: picture, reason: "is broken")) }
        }
        say(.probed(.init(request: probe.request, bad: bad)))
    }

    /// What a picture holds, or why it cannot be read.
    private func content(of picture: String, in directory: String) -> (text: String, code: Int32) {
        let path = Array(directory.utf8) + [47] + PathText(picture).bytes + [0]
        let file = open(path.map(CChar.init(bitPattern:)), O_RDONLY)
        guard file >= 0 else { return ("", errno) }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { return ("", errno) }
        return (String(decoding: bytes.prefix(count), as: UTF8.self), 0)
    }

    private func solve(_ solve: WorkerRequest.Solve, _ isShared: Bool = false) throws {
        let job = String(
            decoding: try Data(contentsOf: URL(filePath: solve.jobFile)), as: UTF8.self)
        say(.started(.init(request: solve.request, pictures: 1)))
        let line = "attempt \(solve.attempt) of \(solve.job)"
        if isShared {
            say(.log(.init(request: solve.request, lines: [line + ", together"])))
        } else {
            log(line + "\n")
        }
        for line in job.split(separator: "\n") where line.hasPrefix("# fake: ") {
            let words = line.dropFirst(8).split(separator: " ").map(String.init)
            if misbehave(words, solve) { return }
        }
        let files = try writeResults(of: solve, doubting: job.contains("# fake: doubt"))
        if job.contains("# fake: forge") {
            try Data("PICTURE".utf8).write(
                to: URL(filePath: solve.output).appending(path: "restored/a.png"))
        }
        say(.finished(.init(request: solve.request, model: "fake", files: files)))
    }

    /// - Returns: true when the request is answered.
    private func misbehave(_ words: [String], _ solve: WorkerRequest.Solve) -> Bool {
        let isFirst = solve.attempt == 1
        switch words.first {
        case "sleep": sleep(milliseconds: Int(words.last ?? "") ?? 0, solve)
        case "crash": crash()
        case "crash-once": if isFirst { crash() }
        case "exit": exit(3)
        case "kill-once": if isFirst { raise(SIGKILL) }
        case "kill": raise(SIGKILL)
        case "hoard": hoard(mebibytes: Int(words.last ?? "") ?? 0)
        case "deaf":
            signal(SIGTERM, SIG_IGN)
            while true { pause() }
        case "preview":
            leave([LivePicture.name, LivePicture.unfinishedName], in: solve.output)
        case "litter": leave(["litter.png"], in: solve.output)
        case "nonsense": say(Array("{}\n".utf8))
        case "flood": for _ in 0..<40_000 { log("all work and no play makes a dull log\n") }
        case "endless": say([UInt8](repeating: 65, count: 300_000))
        case "lie":
            say(
                .finished(
                    .init(
                        request: solve.request, model: nil,
                        files: [.init(path: "x", bytes: 1, sha256: "")])))
            return true
        case "fail-once": if isFirst { return fail(words, solve) }
        case "fail": return fail(words, solve)
        default: break
        }
        return false
    }

    private func leave(_ names: [String], in folder: String) {
        for name in names { try? Data(name.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
    }

    private func fail(_ words: [String], _ solve: WorkerRequest.Solve) -> Bool {
        let kind = JobFailure.Kind(rawValue: words.last ?? "") ?? .job
        say(
            .failed(
                .init(request: solve.request, failure: JobFailure(kind, "numerics", "it failed"))))
        return true
    }

    private func sleep(milliseconds: Int, _ solve: WorkerRequest.Solve) {
        for step in 0..<10 {
            usleep(UInt32(milliseconds * 100))
            say(
                .progress(
                    .init(
                        request: solve.request, picture: "a", done: 0, of: 1, iteration: step,
                        iterations: 10, secondsLeft: nil)))
        }
    }

    private func writeResults(
        of solve: WorkerRequest.Solve, doubting: Bool
    ) throws -> [WorkerEvent.Finished.File] {
        let output = URL(filePath: solve.output)
        try FileManager.default.createDirectory(
            at: output.appending(path: "restored"), withIntermediateDirectories: true)
        let doubts = #", "warnings": ["it is odd"], "images": [{"name": "a", "warnings": ["so"]}]"#
        let content = [
            "result.json":
                #"{"id": "\#(solve.id)", "status": "finished"\#(doubting ? doubts : "")}"#,
            "job.resolved.yaml": "version: 1\n",
            "restored/a.png": "picture",
        ]
        for (path, text) in content {
            try Data(text.utf8).write(to: output.appending(path: path))
        }
        return content.map { path, text in
            let bytes = Array(text.utf8)
            return .init(
                path: path, bytes: bytes.count, sha256: SHA256.hexadecimal(of: bytes))
        }
    }
}
