import Daemon
import Synchronization

/// What users do to a disk while the daemon works on it.
extension SimulatedDisk {
    /// Fills the Inbox with files, by their paths in it.
    func fillInbox(_ content: [String: String]) throws {
        if try !exists(Layout.inbox) { try createFolder(Layout.inbox) }
        for (path, text) in content.sorted(by: { $0.key < $1.key }) {
            guard let file = Layout.inbox.beneath(path) else { continue }
            for folder in file.ancestors.dropFirst() where try !exists(folder) {
                try createFolder(folder)
            }
            try create(file, holding: Array(text.utf8))
        }
        // It was there long before the daemon started.
        restart(.everything)
    }

    /// Lets somebody who has the file at `path` open write more to it.
    func append(_ text: String, to path: SpoolPath) {
        state.withLock { state in
            if let id = state.find(path) { state.append(Array(text.utf8), to: id) }
        }
    }

    func pass(seconds: Int) {
        state.withLock { $0.pass(seconds * 1_000_000_000) }
    }

    func touch(_ path: SpoolPath) {
        state.withLock { state in
            if let id = state.find(path) { state.touch(id) }
        }
    }

    /// Whether the power fails in what is done, when it is to fail at an operation counted from now.
    func isCut(at operation: Int, _ run: () throws -> Void) throws -> Bool {
        fail(at: operations + operation)
        defer { fail(at: nil) }
        do {
            try run()
        } catch let error as DaemonError {
            guard hasFailed else { throw error }
        }
        // What is cleared away fails without a word.
        return hasFailed
    }

    /// The text of the file at `path`.
    func text(of path: SpoolPath) throws(DaemonError) -> String {
        String(decoding: try read(path, limit: 1 << 20), as: UTF8.self)
    }

    /// The results in the Outbox, sorted.
    func results() throws(DaemonError) -> [SpoolPath] {
        try names(in: Layout.outbox).filter { !$0.hasPrefix(".") }.map { Layout.outbox / $0 }
    }
}
