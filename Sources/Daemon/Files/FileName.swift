import Jobs

/// The name of a file as the kernel knows it: any bytes but zero and slash.
///
/// Names in an Inbox need not be UTF-8, and a `String` would silently change those that are not.
package struct FileName: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// All bytes at once: a look hashes every name in the Inbox, and every name that jobs have.
    package func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(bytes.count)
    }

    /// The name as text, with `U+FFFD` for what is not UTF-8.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The name as a path component; nil when it is not UTF-8.
    package var exactText: String? { String(validating: bytes, as: UTF8.self) }

    /// Whether the name could stand in a folder, and is neither `.` nor `..`.
    package var isPlain: Bool {
        !bytes.isEmpty && bytes.count <= 255 && !bytes.contains(0)
            && !bytes.contains(UInt8(ascii: "/")) && bytes != [46] && bytes != [46, 46]
    }

    package func hasSuffix(_ suffix: String) -> Bool {
        bytes.count >= suffix.utf8.count
            && bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    package func hasPrefix(_ prefix: String) -> Bool {
        bytes.starts(with: prefix.utf8)
    }
}

extension FileName: Comparable, CustomStringConvertible {
    package static func < (a: FileName, b: FileName) -> Bool {
        a.bytes.lexicographicallyPrecedes(b.bytes)
    }

    package var description: String { text }
}

extension FileName {
    /// Whether a file of this name is somebody's unfinished business and never a job.
    package var isIgnored: Bool {
        hasPrefix(".") || hasSuffix("~")
            || [".tmp", ".part", ".filepart", ".crdownload"].contains(where: hasSuffix)
    }

    /// The name without `.yaml` or `.yml`, in small or capital letters; nil when it has neither.
    package var jobStem: FileName? {
        for suffix in [".yaml", ".yml"] where bytes.count > suffix.utf8.count {
            let end = bytes.suffix(suffix.utf8.count)
            // ASCII letters differ from their capitals in one bit, and a point has that bit set.
            if end.map({ $0 | 0x20 }).elementsEqual(suffix.utf8), end.first == UInt8(ascii: ".") {
                return FileName(bytes: Array(bytes.dropLast(suffix.utf8.count)))
            }
        }
        return nil
    }

    /// Whether a file of this name in a folder is the job.
    package var isJobFile: Bool { JobName.isJobFile(text) }

    /// The end of the name, with its extension, so short that an identifier fits before it.
    var shortened: String {
        var result = Substring(text)
        while result.utf8.count > 180 { result.removeFirst() }
        return String(result)
    }

    /// The name made fit for every tool, a `JobName`: no control characters, those that turn the
    /// direction of text included, no bytes that are not UTF-8, no leading dash, and short enough
    /// to get an identifier and `.failed` appended.
    package var portable: String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isFirst = result.isEmpty
            let isSafe =
                !scalar.isControl && !scalar.properties.isBidiControl && scalar != "\u{FFFD}"
                && scalar != "/" && !(isFirst && (scalar == "-" || scalar == "."))
            let next: Unicode.Scalar = isSafe ? scalar : "_"
            if result.utf8.count + UTF8.width(next) > 180 { break }
            result.unicodeScalars.append(next)
        }
        return result.isEmpty ? "job" : result
    }
}
