/// The way to one setting of a job, such as `noise.sine.amplitude` or `forward[1].scale`.
///
/// A key behind a list means the one element that has it: `forward.random_matrix.measurements`.
package struct SettingPath: Equatable, Hashable, Sendable {
    enum Step: Equatable, Hashable, Sendable {
        case key(String)
        /// Counted from 0.
        case index(Int)
    }

    /// As written.
    package let text: String
    let steps: [Step]

    /// Nil when `text` is no way to a setting.
    package init?(_ text: String) {
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard let own = Self.steps(of: part) else { return nil }
            steps += own
        }
        self.text = text
        self.steps = steps
    }

    /// A key and the indices behind it.
    private static func steps(of part: Substring) -> [Step]? {
        let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
        guard let key = pieces.first, !key.isEmpty, key.utf8.allSatisfy(isLetter) else {
            return nil
        }
        var steps = [Step.key(String(key))]
        for piece in pieces.dropFirst() {
            guard piece.last == "]", piece.count <= 7, let index = Int(piece.dropLast()), index >= 0
            else { return nil }
            steps.append(.index(index))
        }
        return steps
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }
}

extension SettingPath {
    /// The way to the seed, which every job has.
    static var seed: SettingPath { SettingPath(steps: [.key("seed")], text: "seed") }

    init(steps: [Step], text: String) {
        self.steps = steps
        self.text = text
    }
}
