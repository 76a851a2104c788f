/// The groups of some rows of blocks of one picture.
struct FilterStrip: Sendable {
    /// How many rows of blocks a strip has.
    private static let length = 8

    /// In opponent colours.
    let noisy: Planes
    let guide: Planes
    let profile: FilterProfile
    let shrinkage: Shrinkage
    /// The rows in which blocks begin.
    let starts: [Int]

    /// All strips of a picture, from top to bottom.
    static func strips(
        noisy: Planes, guide: Planes, _ profile: FilterProfile, _ shrinkage: Shrinkage
    ) -> [FilterStrip] {
        let starts = places(noisy.height, profile.stride)
        return stride(from: 0, to: starts.count, by: length).map { first in
            FilterStrip(
                noisy: noisy, guide: guide, profile: profile, shrinkage: shrinkage,
                starts: Array(starts[first..<min(first + length, starts.count)]))
        }
    }

    /// Every `step`-th place of a block along a side, and the last.
    private static func places(_ side: Int, _ step: Int) -> [Int] {
        let last = side - Block.side
        let regular = Array(Swift.stride(from: 0, through: last, by: step))
        return regular.last == last ? regular : regular + [last]
    }

    /// The filtered blocks, one patchwork per channel.
    func filtered() -> [Patchwork] {
        let top = max(0, (starts.first ?? 0) - profile.reach)
        let bottom = min(noisy.height, (starts.last ?? 0) + profile.reach + Block.side)
        var pieces = Array(
            repeating: Patchwork(rows: top..<bottom, width: noisy.width), count: noisy.channels)
        noisy.values.withUnsafeBufferPointer { noisy in
            guide.values.withUnsafeBufferPointer { guide in
                guard let noisy = noisy.baseAddress, let guide = guide.baseAddress else { return }
                filter(noisy, guide, into: &pieces)
            }
        }
        return pieces
    }

    private func filter(
        _ noisy: UnsafePointer<Float>, _ guide: UnsafePointer<Float>,
        into pieces: inout [Patchwork]
    ) {
        let group = BlockGroup(capacity: profile.groupSize)
        let signal = BlockGroup(capacity: profile.groupSize)
        let gains = OpponentColours.deviations(channels: pieces.count)
        // Blocks are grouped by the first channel: the picture itself, or its luminance.
        let search = BlockSearch(
            profile: profile, plane: guide, height: self.guide.height, width: self.guide.width)
        let transform = shrinkage.transform
        let area = self.noisy.area
        let width = self.noisy.width
        var matches: [BlockSearch.Match] = []
        for row in starts {
            for column in Self.places(width, profile.stride) {
                search.find(row: row, column: column, into: &matches)
                for channel in pieces.indices {
                    let start = channel * area
                    group.load(matches, of: noisy + start, width: width, transform)
                    if case .wiener = shrinkage {
                        signal.load(matches, of: guide + start, width: width, transform)
                    }
                    let weight = shrinkage.apply(to: group, signal: signal, gain: gains[channel])
                    group.restore(transform)
                    pieces[channel].add(group, at: matches, weight: weight)
                }
            }
        }
    }
}
