/// Numbers drawn on pictures that have no other way to say what their colours mean.
enum SmallDigits {
    static let height = 5

    /// Rows of five, three bits each; a point is one wide.
    private static let shapes: [Character: [UInt8]] = [
        "0": [7, 5, 5, 5, 7], "1": [2, 6, 2, 2, 7], "2": [7, 1, 7, 4, 7], "3": [7, 1, 7, 1, 7],
        "4": [5, 5, 7, 1, 1], "5": [7, 4, 7, 1, 7], "6": [7, 4, 7, 5, 7], "7": [7, 1, 1, 1, 1],
        "8": [7, 5, 7, 5, 7], "9": [7, 5, 7, 1, 7], ".": [0, 0, 0, 0, 2],
        "e": [0, 7, 7, 4, 7], "-": [0, 0, 7, 0, 0],
    ]

    /// The pixels of `text` that are ink, with one pixel between digits.
    static func ink(of text: String) -> [(x: Int, y: Int)] {
        var pixels: [(x: Int, y: Int)] = []
        for (index, character) in text.enumerated() {
            for (y, row) in (shapes[character] ?? []).enumerated() {
                for x in 0..<3 where row & (4 >> UInt8(x)) != 0 {
                    pixels.append((index * 4 + x, y))
                }
            }
        }
        return pixels
    }
}
