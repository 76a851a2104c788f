/// How the pictures of a data set are divided among its parts.
package struct Split: Equatable, Sendable {
    package struct Part: Equatable, Sendable {
        package let name: String
        /// The part's share of all pictures.
        package let share: Double
    }

    package let parts: [Part]

    /// Reads a text such as `train=0.9,validation=0.05,test=0.05`, whose shares add up to 1.
    ///
    /// - Throws: `DatasetError` that says what to write instead.
    package init(parsing text: String) throws(DatasetError) {
        var parts: [Part] = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = item.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2, let share = Double(pair[1]), share > 0, share <= 1 else {
                throw Self.failure(
                    "\(item) is not NAME=SHARE; write for instance train=0.9,validation=0.1")
            }
            let name = String(pair[0])
            guard !name.isEmpty, name.allSatisfy(Self.isAllowed) else {
                throw Self.failure("a part's name has letters, digits, _ and - only, not \(name)")
            }
            guard !parts.contains(where: { $0.name == name }) else {
                throw Self.failure("two parts are called \(name)")
            }
            parts.append(Part(name: name, share: share))
        }
        let total = parts.reduce(0) { $0 + $1.share }
        guard abs(total - 1) < 1e-6 else {
            throw Self.failure("the shares add up to \(total); they must add up to 1")
        }
        self.parts = parts
    }

    /// The part, by its index, of each of `count` pictures.
    ///
    /// The first pictures of NumPy's `RandomState(seed).permutation(count)` are the first part,
    /// and so on; a part ends at its rounded cumulative share.
    ///
    /// - Throws: `DatasetError` when a part would be empty.
    package func assignment(count: Int, seed: UInt64) throws(DatasetError) -> [Int] {
        var random = NumPyRandom(seed: seed)
        let order = random.permutation(count)
        var assignment = [Int](repeating: 0, count: count)
        var share = 0.0
        var start = 0
        for (index, part) in parts.enumerated() {
            share += part.share
            let isLast = index == parts.count - 1
            let end = isLast ? count : min(count, Int((share * Double(count)).rounded()))
            guard end > start else {
                throw Self.failure("\(count) pictures leave none for the part \(part.name)")
            }
            for position in order[start..<end] { assignment[position] = index }
            start = end
        }
        return assignment
    }

    private static func isAllowed(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || character == "_" || character == "-")
    }

    private static func failure(_ what: String) -> DatasetError {
        DatasetError(.setting(what), in: "split")
    }
}
