import Arrays

/// Many pictures in one: a grid of equal cells with gutters between and around them.
package struct ContactSheet: Sendable {
    /// How many cells stand in a row; nil makes the sheet about square.
    package var columns: Int?
    /// The pixels between cells and around the sheet.
    package var gutter: Int
    /// Every pixel becomes a square with this side.
    package var magnification: Int
    /// The sample of gutters and empty cells, 0 black to 255 white.
    package var background: UInt8

    /// The most pixels that a sheet has.
    private static let mostPixels = 64_000_000

    package init(
        columns: Int? = nil, gutter: Int = 2, magnification: Int = 1, background: UInt8 = 255
    ) {
        self.columns = columns
        self.gutter = gutter
        self.magnification = magnification
        self.background = background
    }

    /// The sheet of `pictures`, row by row.
    ///
    /// It has 8 bits and is gray if all of them are. A picture smaller than the largest stands
    /// in the middle of its cell.
    ///
    /// - Throws: `ImageError` when there are no pictures, a setting is out of range, or the sheet
    ///   would be too large.
    package func picture(of pictures: [Picture]) throws(ImageError) -> Picture {
        let layout = try layout(of: pictures)
        let color: ColorModel = pictures.allSatisfy { $0.color == .gray } ? .gray : .rgb
        let channels = color.channels
        var samples = [UInt8](
            repeating: background, count: layout.width * layout.height * channels)
        for (index, picture) in pictures.enumerated() {
            let tile = picture.converted(to: .eight).converted(to: color).magnified(magnification)
            let (x, y) = layout.origin(of: tile, at: index)
            for row in 0..<tile.height {
                let start = ((y + row) * layout.width + x) * channels
                let line = row * tile.width * channels
                let count = tile.width * channels
                samples.replaceSubrange(
                    start..<start + count, with: tile.pixels.bytes[line..<line + count])
            }
        }
        return Picture(samples, width: layout.width, height: layout.height, channels: channels)
    }

    private func layout(of pictures: [Picture]) throws(ImageError) -> Layout {
        func refuse(_ what: String) -> ImageError {
            ImageError(.impossibleSetting(what), in: "contact sheet")
        }
        guard let cellWidth = pictures.map(\.width).max(),
            let cellHeight = pictures.map(\.height).max()
        else { throw refuse("there are no pictures to show") }
        guard (0...1000).contains(gutter) else {
            throw refuse("the gutter is 0...1000 pixels, not \(gutter)")
        }
        guard (1...1000).contains(magnification) else {
            throw refuse("the magnification is 1...1000, not \(magnification)")
        }
        let columns = columns ?? Int(Double(pictures.count).squareRoot().rounded(.up))
        guard columns >= 1 else { throw refuse("there are \(columns) columns; 1 is the least") }
        let layout = Layout(
            columns: min(columns, pictures.count), count: pictures.count, gutter: gutter,
            cellWidth: cellWidth * magnification, cellHeight: cellHeight * magnification)
        let (pixels, overflow) = layout.width.multipliedReportingOverflow(by: layout.height)
        guard !overflow, pixels <= Self.mostPixels else {
            throw ImageError(
                .tooLarge(
                    width: layout.width, height: layout.height, maximumPixels: Self.mostPixels),
                in: "contact sheet")
        }
        return layout
    }
}

/// Where the cells of a sheet stand, in pixels.
private struct Layout {
    let columns: Int
    let count: Int
    let gutter: Int
    let cellWidth: Int
    let cellHeight: Int

    var rows: Int { (count + columns - 1) / columns }
    var width: Int { columns * (cellWidth + gutter) + gutter }
    var height: Int { rows * (cellHeight + gutter) + gutter }

    func origin(of tile: Picture, at index: Int) -> (x: Int, y: Int) {
        let x = gutter + index % columns * (cellWidth + gutter) + (cellWidth - tile.width) / 2
        let y = gutter + index / columns * (cellHeight + gutter) + (cellHeight - tile.height) / 2
        return (x, y)
    }
}

extension Picture {
    /// Every pixel made a square of `factor` by `factor`.
    fileprivate func magnified(_ factor: Int) -> Picture {
        guard factor > 1 else { return self }
        return gathering(width: width * factor, height: height * factor) { x, y in
            (x / factor, y / factor)
        }
    }
}
