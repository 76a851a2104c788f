import Markup

/// The names of what a plot shows, each behind a sample of it, in as many rows as they need.
struct PlotLegend {
    private enum Sample {
        case line(PlotStyle)
        case area(color: Int)
    }

    private struct Entry {
        let name: String
        let sample: Sample
        let x: Double
        let row: Int
    }

    private static let rowHeight = 18.0
    private static let sampleWidth = 28.0

    private let entries: [Entry]

    /// What the legend takes of the height of the plot.
    var height: Double {
        entries.last.map { Double($0.row + 1) * Self.rowHeight } ?? 0
    }

    init(_ plot: LinePlot, left: Double, width: Double) {
        let lines = plot.series.compactMap { series in
            series.name.map { ($0, Sample.line(series.style)) }
        }
        let areas = plot.bands.compactMap { band in
            band.name.map { ($0, Sample.area(color: band.color)) }
        }
        var entries: [Entry] = []
        var x = left
        var row = 0
        for (name, sample) in lines + areas {
            let name = Self.shortened(name, width: width)
            let length = Self.sampleWidth + 6 + Self.length(name)
            if x > left, x + length > left + width {
                x = left
                row += 1
            }
            entries.append(Entry(name: name, sample: sample, x: x, row: row))
            x += length + 14
        }
        self.entries = entries
    }

    func write(at top: Double, to svg: inout XMLWriter) {
        for entry in entries {
            let y = top + Double(entry.row) * Self.rowHeight + 8
            write(entry.sample, x: entry.x, y: y, to: &svg)
            let x = PlotDrawing.coordinate(entry.x + Self.sampleWidth + 6)
            svg.element("text", ["x": x, "y": PlotDrawing.coordinate(y + 4)], text: entry.name)
        }
    }

    private func write(_ sample: Sample, x: Double, y: Double, to svg: inout XMLWriter) {
        let start = PlotDrawing.coordinate(x)
        let end = PlotDrawing.coordinate(x + Self.sampleWidth)
        switch sample {
        case .line(let style):
            let line = PlotDrawing.coordinate(y)
            svg.empty(
                "line", ["x1": start, "y1": line, "x2": end, "y2": line, "style": style.stroke])
            style.marker?
                .write(at: x + Self.sampleWidth / 2, y, paint: style.paint, to: &svg)
        case .area(let color):
            svg.empty(
                "rect",
                [
                    "x": start, "y": PlotDrawing.coordinate(y - 6), "height": "12",
                    "width": PlotDrawing.coordinate(Self.sampleWidth),
                    "style": "fill:\(PlotStyle(color: color).paint);fill-opacity:0.25",
                ])
        }
    }

    private static func length(_ name: String) -> Double {
        Double(name.count) * PlotDrawing.characterWidth
    }

    /// `name` cut so that it fits into one row.
    private static func shortened(_ name: String, width: Double) -> String {
        let room = max(1, Int((width - sampleWidth - 6) / PlotDrawing.characterWidth))
        return name.count <= room ? name : name.prefix(room - 1) + "\u{2026}"
    }
}
