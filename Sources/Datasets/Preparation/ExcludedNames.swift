import Arrays

/// Pictures that are to be left out, by name.
///
/// A line may be a picture's whole name in its source, the last part of it, or that without its
/// extension: `train/000001.jpg`, `000001.jpg`, `000001`. Empty lines and lines that begin with #
/// say nothing.
package struct ExcludedNames: Equatable, Sendable {
    package let lines: Set<String>

    package init(_ lines: some Sequence<String> = []) {
        self.lines = Set(lines)
    }

    /// Reads the text file at `path`.
    ///
    /// - Throws: `DatasetError` when it cannot be read or is not UTF-8.
    package init(reading path: String) throws(DatasetError) {
        let bytes = try wrappingArrayError { () throws(ArrayError) in
            try InputFile(path).contents()
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DatasetError(.setting("is not a text file in UTF-8"), in: path)
        }
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            String(Self.trimmed(line))
        }
        self.init(lines.filter { !$0.isEmpty && !$0.hasPrefix("#") })
    }

    /// The line that excludes the picture `name`, if there is one.
    package func line(matching name: String) -> String? {
        if lines.isEmpty { return nil }
        let last = name.split(separator: "/").last.map(String.init) ?? name
        let stem = last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
        return [name, last, stem].first(where: lines.contains)
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var line = line.drop(while: \.isWhitespace)
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }
}
