import Foundation

/// A headless Chromium that shows one page, and answers what is asked of it.
///
/// It is spoken to through its debugging pipe: JSON objects, each followed by a zero byte.
final class Browser {
    /// The path of the program; nil where there is none.
    static let program: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var received = Data()
    private var nextID = 1
    private var session: String?

    struct Silent: Error {
        let method: String
    }

    /// A browser with scripts or without, with a profile in `folder`, that has opened `address`.
    init(_ program: String, at address: String, in folder: URL, hasScripts: Bool = true) throws {
        process.executableURL = URL(filePath: "/bin/sh")
        let scripts = hasScripts ? "" : " --blink-settings=scriptEnabled=false"
        process.arguments = [
            "-c",
            """
            exec "$0" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
            --user-data-dir="$1" --remote-debugging-pipe\(scripts) 3<&0 4>&1 >/dev/null 2>&1
            """, program, folder.path,
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let target = try ask("Target.createTarget", ["url": address])["targetId"] as? String
        let parameters: [String: Any] = ["targetId": target ?? "", "flatten": true]
        session = try ask("Target.attachToTarget", parameters)["sessionId"] as? String
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// Waits until `condition` holds in the page, for ten seconds at most.
    func waits(for condition: String) throws -> Bool {
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            let answer = try ask("Runtime.evaluate", ["expression": "Boolean(\(condition))"])
            if (answer["result"] as? [String: Any])?["value"] as? Bool == true { return true }
            usleep(50_000)
        }
        return false
    }

    private func ask(_ method: String, _ parameters: [String: Any]) throws -> [String: Any] {
        let id = nextID
        nextID += 1
        var message: [String: Any] = ["id": id, "method": method, "params": parameters]
        message["sessionId"] = session
        var data = try JSONSerialization.data(withJSONObject: message)
        data.append(0)
        try input.fileHandleForWriting.write(contentsOf: data)
        while let answer = try nextMessage() {
            if answer["id"] as? Int == id { return answer["result"] as? [String: Any] ?? [:] }
        }
        throw Silent(method: method)
    }

    /// The next answer or event; nil when the browser has ended.
    private func nextMessage() throws -> [String: Any]? {
        while true {
            if let end = received.firstIndex(of: 0) {
                let message = received[received.startIndex..<end]
                received = Data(received[received.index(after: end)...])
                return try JSONSerialization.jsonObject(with: message) as? [String: Any]
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { return nil }
            received += more
        }
    }
}
