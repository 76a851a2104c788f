/// Finds what a misspelled word was meant to be.
package enum Suggestion {
    /// What other programs and papers call our keys.
    private static let synonyms = [
        "sigma": "std", "stddev": "std", "noise_level": "std", "lr": "learning_rate",
        "iterations": "steps", "iters": "steps", "model": "prior", "operator": "forward",
        "pictures": "images", "files": "images", "inputs": "images",
    ]

    /// The one of `words` that is nearest to `word` or means the same, when there is one.
    package static func nearest(to word: String, among words: [String]) -> String? {
        guard word.utf8.count <= 64 else { return nil }
        let lowercased = word.lowercased()
        if let synonym = synonyms[lowercased], words.contains(synonym) { return synonym }
        let limit = max(1, word.count / 3)
        return
            words
            .map { (word: $0, distance: distance(Array(lowercased), Array($0.lowercased()))) }
            .filter { $0.distance <= limit || isAbbreviation(lowercased, of: $0.word) }
            .min { $0.distance < $1.distance }?.word
    }

    /// The words as a sentence names them: `a, b or c`.
    package static func listed(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func isAbbreviation(_ word: String, of other: String) -> Bool {
        word.count >= 2 && (other.hasPrefix(word) || word.hasPrefix(other))
    }

    /// The number of letters to insert, delete, replace or swap with a neighbour.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                let replaced = rows[i][j] + (a[i] == b[j] ? 0 : 1)
                var best = min(replaced, rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
