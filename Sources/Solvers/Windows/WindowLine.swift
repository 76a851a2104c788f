/// Where windows lie along one side of a picture: from border to border, and nowhere beyond.
package struct WindowLine: Sendable, Equatable {
    /// The length of the side, in pixels.
    package let length: Int
    /// The length of a window.
    package let window: Int
    /// The first pixel of every window.
    package let places: [Int]
    /// What every window counts, so that together they count as many pixels as there are.
    ///
    /// The mean over its pixels of 1 by the number of windows that see the pixel.
    package let weights: [Double]

    /// Windows that together see every pixel.
    ///
    /// - Parameters:
    ///   - length: of the side.
    ///   - window: the length of a window, not above `length`.
    ///   - places: the first pixel of every window.
    package init(length: Int, window: Int, places: [Int]) {
        self.length = length
        self.window = window
        self.places = places
        var counts = [Double](repeating: 0, count: length)
        for place in places {
            for pixel in place..<place + window { counts[pixel] += 1 }
        }
        weights = places.map { place in
            counts[place..<place + window].reduce(0) { $0 + 1 / $1 } / Double(window)
        }
    }

    /// As few windows as leave no more than `step` between their beginnings, evenly.
    package static func even(length: Int, window: Int, step: Int) -> WindowLine {
        let room = length - window
        let gaps = (room + step - 1) / step
        let places = (0...gaps).map { gaps == 0 ? 0 : (room * $0 + gaps / 2) / gaps }
        return WindowLine(length: length, window: window, places: places)
    }

    /// Windows at `shift` and every `step` from there, and one at either border.
    ///
    /// Over all shifts every pixel that is two windows away from the borders counts once on
    /// average, as no place there is an end of windows more often than another. Near the borders
    /// this cannot be, since the outermost pixel is seen by one window only: pixels count between
    /// 0.5 and 1.6 times there.
    ///
    /// - Parameters:
    ///   - length: of the side.
    ///   - window: the length of a window, not above `length`.
    ///   - step: from window to window.
    ///   - shift: in `0..<step`.
    /// - Returns: the windows.
    package static func shifted(
        length: Int, window: Int, step: Int, shift: Int
    ) -> WindowLine {
        let room = length - window
        let places = Set(stride(from: shift, to: room, by: step)).union([0, room])
        return WindowLine(length: length, window: window, places: places.sorted())
    }

    /// The pixels that every window sees, window by window.
    package var pixels: [Int] { places.flatMap { Array($0..<$0 + window) } }
}
