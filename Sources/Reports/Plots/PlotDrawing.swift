import Markup

/// The geometry of a plot, and how its parts are written.
struct PlotDrawing {
    let plot: LinePlot
    let horizontal: AxisFrame
    let vertical: AxisFrame
    let legend: PlotLegend
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    /// The width of a character of ordinary text; fonts differ, so it is on the large side.
    static let characterWidth = 6.8

    init(_ plot: LinePlot) {
        self.plot = plot
        horizontal = AxisFrame(plot.x, values: plot.horizontalValues, margin: 0.02)
        vertical = AxisFrame(plot.y, values: plot.verticalValues, margin: 0.05)
        let longest = vertical.ticks.map(\.label.count).max() ?? 0
        left = 34 + Double(longest) * Self.characterWidth
        right = Double(plot.width) - 16
        legend = PlotLegend(plot, left: left, width: right - left)
        top = 34
        bottom = Double(plot.height) - 46
    }

    func write(to writer: inout XMLWriter) {
        let size = "0 0 \(plot.width) \(Self.coordinate(Double(plot.height) + legend.height))"
        writer.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": size, "role": "img",
                "aria-label": summary,
                "style": "width:100%;height:auto;font:12px system-ui,sans-serif;fill:currentColor",
            ]
        ) { svg in
            svg.element("title", text: plot.title)
            writeText(plot.title, at: left, 18, "font-weight:600;font-size:14px", to: &svg)
            writeHorizontalAxis(to: &svg)
            writeVerticalAxis(to: &svg)
            for band in plot.bands { write(band, to: &svg) }
            for series in plot.series { write(series, to: &svg) }
            writeFrame(to: &svg)
            legend.write(at: bottom + 46, to: &svg)
        }
    }

    /// The plot in words, for those who cannot see it.
    private var summary: String {
        let names = plot.series.compactMap(\.name) + plot.bands.compactMap(\.name)
        let axes = "\(plot.y.label) over \(plot.x.label)"
        return "\(plot.title): \(axes); \(names.joined(separator: ", "))"
    }

    func x(_ value: Double) -> Double? {
        horizontal.fraction(of: value).map { left + $0 * (right - left) }
    }

    func y(_ value: Double) -> Double? {
        vertical.fraction(of: value).map { bottom - $0 * (bottom - top) }
    }

    /// A coordinate with two digits behind the point at most.
    static func coordinate(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}

// MARK: Axes

extension PlotDrawing {
    private static let gridStyle = "stroke:currentColor;stroke-opacity:0.14"

    private func writeHorizontalAxis(to svg: inout XMLWriter) {
        var free = left - 100
        for tick in horizontal.ticks {
            guard let place = x(tick.value) else { continue }
            writeLine((place, top), (place, bottom), Self.gridStyle, to: &svg)
            // A label that would touch the one before it is left out, its line is not.
            let half = Double(tick.label.count) * Self.characterWidth / 2
            guard place - half >= free else { continue }
            free = place + half + 4
            writeText(tick.label, at: place, bottom + 16, "text-anchor:middle", to: &svg)
        }
        let style = "text-anchor:middle;opacity:0.8"
        writeText(horizontal.label, at: (left + right) / 2, bottom + 34, style, to: &svg)
    }

    private func writeVerticalAxis(to svg: inout XMLWriter) {
        for tick in vertical.ticks {
            guard let place = y(tick.value) else { continue }
            writeLine((left, place), (right, place), Self.gridStyle, to: &svg)
            writeText(tick.label, at: left - 7, place + 4, "text-anchor:end", to: &svg)
        }
        let middle = Self.coordinate((top + bottom) / 2)
        svg.element(
            "text",
            [
                "transform": "translate(14 \(middle)) rotate(-90)",
                "style": "text-anchor:middle;opacity:0.8",
            ], text: vertical.label)
    }

    private func writeFrame(to svg: inout XMLWriter) {
        let style = "stroke:currentColor;stroke-opacity:0.6"
        writeLine((left, top), (left, bottom), style, to: &svg)
        writeLine((left, bottom), (right, bottom), style, to: &svg)
    }

    func writeLine(
        _ start: (Double, Double), _ end: (Double, Double), _ style: String,
        to svg: inout XMLWriter
    ) {
        svg.empty(
            "line",
            [
                "x1": Self.coordinate(start.0), "y1": Self.coordinate(start.1),
                "x2": Self.coordinate(end.0), "y2": Self.coordinate(end.1), "style": style,
            ])
    }

    func writeText(
        _ text: String, at x: Double, _ y: Double, _ style: String, to svg: inout XMLWriter
    ) {
        svg.element(
            "text", ["x": Self.coordinate(x), "y": Self.coordinate(y), "style": style],
            text: text)
    }
}
