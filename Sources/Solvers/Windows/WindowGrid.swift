package import Tensors

/// Windows of a picture on the crossings of two lines.
package struct WindowGrid: Sendable, Equatable {
    /// The windows from top to bottom.
    package let vertical: WindowLine
    /// The windows from left to right.
    package let horizontal: WindowLine

    package init(vertical: WindowLine, horizontal: WindowLine) {
        self.vertical = vertical
        self.horizontal = horizontal
    }

    package var count: Int { vertical.places.count * horizontal.places.count }

    /// What log p of every window counts.
    package var weight: Double { vertical.weight * horizontal.weight }

    /// The same windows, in groups of whole rows: as many as make `batch` windows, at least one.
    package func strips(of batch: Int) -> [WindowGrid] {
        let rows = max(batch / max(horizontal.places.count, 1), 1)
        return stride(from: 0, to: vertical.places.count, by: rows).map { first in
            let places = vertical.places[first..<min(first + rows, vertical.places.count)]
            return WindowGrid(
                vertical: WindowLine(
                    length: vertical.length, window: vertical.window, places: Array(places),
                    weight: vertical.weight),
                horizontal: horizontal)
        }
    }

    /// What all windows see of one picture `[1, channel, height, width]`, row by row:
    /// `[windows, channel, height, width]` of a window.
    ///
    /// Gradients of the windows add up in the picture. Costs the memory of the windows.
    ///
    /// - Throws: `TorchError` when the picture has another size.
    package func windows(of picture: Tensor) throws(TorchError) -> Tensor {
        let channels = picture.shape[1]
        let (height, width) = (vertical.window, horizontal.window)
        let device = try picture.device()
        let lines = try picture.elements(
            at: Tensor(indices: vertical.pixels).moved(to: device), along: 2)
        let seen = try lines.elements(
            at: Tensor(indices: horizontal.pixels).moved(to: device), along: 3)
        return try seen.reshaped(to: [
            channels, vertical.places.count, height, horizontal.places.count, width,
        ]).permuted([1, 3, 0, 2, 4]).reshaped(to: [count, channels, height, width])
    }
}
