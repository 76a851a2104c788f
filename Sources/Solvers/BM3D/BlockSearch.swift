/// Finds the blocks of a plane that look most like one of them.
struct BlockSearch {
    /// A block by its distance from the first of its group and its place.
    struct Match {
        let distance: Float
        let row: Int
        let column: Int
    }

    let profile: FilterProfile
    let plane: UnsafePointer<Float>
    let height: Int
    let width: Int

    /// The most alike blocks, the block itself first, as many as the next power of two allows.
    ///
    /// - Parameters:
    ///   - row: of the upper left pixel of the block.
    ///   - column: of the same.
    ///   - matches: room for the result, which is kept between calls.
    func find(row: Int, column: Int, into matches: inout [Match]) {
        matches.removeAll(keepingCapacity: true)
        let block = plane + row * width + column
        // Sums over 64 pixels, not means.
        var limit = profile.threshold * Float(Block.side * Block.side)
        let rows = max(0, row - profile.reach)...min(height - Block.side, row + profile.reach)
        let columns =
            max(0, column - profile.reach)...min(width - Block.side, column + profile.reach)
        for y in rows {
            let line = plane + y * width
            for x in columns {
                let distance = Block.distance(block, line + x, width: width, limit: limit)
                guard distance < limit, !(y == row && x == column) else { continue }
                insert(Match(distance: distance, row: y, column: x), into: &matches)
                if matches.count == profile.groupSize - 1, let last = matches.last {
                    limit = last.distance
                }
            }
        }
        matches.insert(Match(distance: 0, row: row, column: column), at: 0)
        var count = 1
        while count * 2 <= matches.count { count *= 2 }
        matches.removeLast(matches.count - count)
    }

    /// Keeps the best in order.
    private func insert(_ match: Match, into matches: inout [Match]) {
        if matches.count == profile.groupSize - 1 { matches.removeLast() }
        var place = matches.count
        while place > 0, matches[place - 1].distance > match.distance { place -= 1 }
        matches.insert(match, at: place)
    }
}
