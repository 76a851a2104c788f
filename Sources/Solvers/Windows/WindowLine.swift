/// Where windows lie along one side of a picture.
///
/// Windows that reach over the border see the picture mirrored there, `b a | a b c`.
package struct WindowLine: Sendable, Equatable {
    /// The length of the side, in pixels.
    package let length: Int
    /// The length of a window.
    package let window: Int
    /// The first pixel of every window, outside of the picture where that is negative.
    package let places: [Int]
    /// What every window counts.
    package let weight: Double

    package init(length: Int, window: Int, places: [Int], weight: Double) {
        self.length = length
        self.window = window
        self.places = places
        self.weight = weight
    }

    /// As few windows as leave no more than `step` between their beginnings, evenly from border to
    /// border; none reaches over it.
    ///
    /// Together they count as many pixels as there are. What several windows see counts more than
    /// what one sees: this is for a look at the end, not for many.
    package static func even(length: Int, window: Int, step: Int) -> WindowLine {
        let room = length - window
        let gaps = (room + step - 1) / step
        let places = (0...gaps).map { gaps == 0 ? 0 : (room * $0 + gaps / 2) / gaps }
        return WindowLine(
            length: length, window: window, places: places,
            weight: Double(length) / Double(places.count * window))
    }

    /// The windows whose middles lie on the side, `step` from each other.
    ///
    /// Over all shifts every pixel counts once on average, those at the border too: what windows
    /// beyond the border do not see of them is just what the mirror shows once more. (Windows of
    /// an even length have no middle pixel: of two shifts, one takes that to the left for it and
    /// one that to the right.)
    ///
    /// - Parameters:
    ///   - length: of the side.
    ///   - window: the length of a window, not above `length`.
    ///   - step: from window to window.
    ///   - shift: in `0..<2 * step`.
    /// - Returns: the windows.
    package static func shifted(
        length: Int, window: Int, step: Int, shift: Int
    ) -> WindowLine {
        let toTheRight = window.isMultiple(of: 2) ? shift % 2 : 0
        let before = window / 2 - toTheRight
        let places = stride(from: shift / 2, to: length, by: step).map { $0 - before }
        return WindowLine(
            length: length, window: window, places: places, weight: Double(step) / Double(window))
    }

    /// The pixels that every window sees, window by window.
    package var pixels: [Int] {
        places.flatMap { place in (place..<place + window).map(mirrored) }
    }

    private func mirrored(_ place: Int) -> Int {
        if place < 0 { return -1 - place }
        return place < length ? place : 2 * length - 1 - place
    }
}
