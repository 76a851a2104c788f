internal import Synchronization
internal import YAML

/// The defaults that were read last, so that thousands of jobs with the same ones cost one reading.
package final class DefaultsCache: Sendable {
    private struct Entry {
        let content: [UInt8]
        let name: String
        let document: YAMLDocument
    }

    private let last = Mutex<Entry?>(nil)

    package init() {}

    /// The document with this content, as messages call it.
    func document(_ content: [UInt8], named name: String) -> YAMLDocument {
        let known = last.withLock { entry in
            entry?.name == name && entry?.content == content ? entry?.document : nil
        }
        if let known { return known }
        let document = YAMLDocument(reading: content, file: name)
        last.withLock { $0 = Entry(content: content, name: name, document: document) }
        return document
    }
}
