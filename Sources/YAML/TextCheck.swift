/// Finds the first place of a file that is not a printable character in UTF-8.
///
/// libyaml would find it too, but guesses other encodings and cannot say where.
struct TextCheck {
    let file: String

    /// Nil when all of `bytes` is text.
    func issue(in bytes: [UInt8]) -> YAMLIssue? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return YAMLIssue(
                YAMLPosition(file: file, line: 1, column: 1), "the file is in UTF-16",
                "save it as UTF-8")
        }
        var line = 1
        var column = 1
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .emptyInput:
                return nil
            case .error:
                return YAMLIssue(
                    YAMLPosition(file: file, line: line, column: column),
                    "a byte here is not UTF-8", "save the file as UTF-8")
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                guard Self.isText(scalar) else {
                    return YAMLIssue(
                        YAMLPosition(file: file, line: line, column: column),
                        "the control character \(Self.name(of: scalar)) stands here",
                        "remove it, or write it as an escape in double quotes")
                }
                if scalar == "\n" {
                    (line, column) = (line + 1, 1)
                } else {
                    column += 1
                }
            }
        }
    }

    /// The printable characters of YAML.
    static func isText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF: true
        case 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
