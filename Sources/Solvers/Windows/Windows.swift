/// How windows lie over a picture that is larger than those of its prior.
package struct Windows: Sendable, Equatable {
    /// The pixels that a window shares with the next; nil takes half a window, the least with which
    /// every grid sees all of the picture.
    package var overlap: Int?
    /// The most windows that are looked at together, to which memory is linear.
    ///
    /// Nil takes as many as memory has room for.
    package var batch: Int?

    package init(overlap: Int? = nil, batch: Int? = nil) {
        self.overlap = overlap
        self.batch = batch
    }

    /// As many windows make a machine busy.
    private static let fullBatch = 16

    /// The windows of `tileShape` that are looked at together, until memory runs out.
    func batch(of tileShape: [Int], in room: SampleRoom) -> Int {
        batch ?? room.samples(numbers: tileShape.reduce(1, *), atMost: Self.fullBatch)
    }

    /// The pixels that a window of `tileShape` shares with the next.
    package func overlap(of tileShape: [Int]) -> Int {
        overlap ?? min(tileShape[1], tileShape[2]) / 2
    }

    /// Checks that windows like pictures of `tileShape` can cover pictures of `imageShape`.
    ///
    /// - Parameters:
    ///   - imageShape: channels, height and width of a picture.
    ///   - tileShape: those of a window.
    ///   - method: the name of the solver.
    /// - Throws: `SolverError` when they cannot.
    package func validate(
        for imageShape: [Int], by tileShape: [Int], in method: String
    ) throws(SolverError) {
        guard imageShape.count == 3, imageShape[0] == tileShape[0],
            zip(imageShape, tileShape).allSatisfy({ $0 >= $1 })
        else { throw SolverError(.pictureSize(imageShape, smallest: tileShape), in: method) }
        let side = min(tileShape[1], tileShape[2])
        let overlap = overlap(of: tileShape)
        guard (0..<side).contains(overlap) else {
            throw SolverError(
                .setting(
                    "windows.overlap", value: Double(overlap),
                    expected: "0 to \(side - 1): the pictures of the prior are \(side) pixels wide"),
                in: method)
        }
        if let batch, batch < 1 {
            throw SolverError(
                .setting("windows.batch", value: Double(batch), expected: "1 or more"), in: method)
        }
    }
}
