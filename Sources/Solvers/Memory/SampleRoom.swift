/// How many samples memory has room for: pictures, runs, chains, windows.
package struct SampleRoom: Sendable {
    private let freeBytes: @Sendable () -> Int?

    /// Room in what `freeBytes` says is free whenever it is asked; nil when nobody knows.
    package init(freeBytes: @escaping @Sendable () -> Int?) {
        self.freeBytes = freeBytes
    }

    /// Room of which nothing is known: what was asked for is tried.
    package static let unknown = SampleRoom { nil }

    /// What an iteration takes for one number of a picture: 0.8 to 3.5 kB were measured, with the
    /// shipped models and a Glow of 18 steps of 512 channels.
    private static let bytesPerNumber = 4096

    /// What an iteration takes for a sample of so many numbers, in bytes.
    package static func bytes(numbers: Int) -> Int { bytesPerNumber * max(numbers, 1) }

    /// As many samples of so many numbers as half of the free memory holds.
    ///
    /// - Parameters:
    ///   - numbers: of one sample, channels × height × width.
    ///   - most: as many as make a machine busy.
    /// - Returns: 1 to `most`.
    package func samples(numbers: Int, atMost most: Int) -> Int {
        guard let free = freeBytes() else { return most }
        return max(1, min(most, free / 2 / Self.bytes(numbers: numbers)))
    }
}
