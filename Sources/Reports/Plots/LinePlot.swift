import Markup

/// A plot of lines over two axes, drawn as SVG that also stands alone.
///
/// Text and grid take the colour of the text around the plot, so that it suits a dark page.
package struct LinePlot: Equatable, Sendable {
    package let title: String
    package let x: PlotAxis
    package let y: PlotAxis
    /// Drawn in this order, later ones over earlier ones.
    package let series: [PlotSeries]
    /// Drawn behind the series.
    package let bands: [PlotBand]
    /// In the units of the drawing, in which text is 12 high.
    package let width: Int
    /// Without the legend, which stands below.
    package let height: Int

    package init(
        title: String, x: PlotAxis, y: PlotAxis, series: [PlotSeries], bands: [PlotBand] = [],
        width: Int = 420, height: Int = 290
    ) {
        self.title = title
        self.x = x
        self.y = y
        self.series = series
        self.bands = bands
        self.width = max(width, 240)
        self.height = max(height, 180)
    }

    /// The plot as one `svg` element.
    package func svg() -> String {
        var writer = XMLWriter()
        PlotDrawing(self).write(to: &writer)
        return writer.output
    }

    var horizontalValues: [Double] {
        series.flatMap { $0.points.map(\.x) } + bands.flatMap { $0.slices.map(\.x) }
    }

    var verticalValues: [Double] {
        series.flatMap { series in
            series.points.flatMap { point in
                point.error.map { [point.y - $0, point.y, point.y + $0] } ?? [point.y]
            }
        } + bands.flatMap { $0.slices.flatMap { [$0.lower, $0.upper] } }
    }
}
