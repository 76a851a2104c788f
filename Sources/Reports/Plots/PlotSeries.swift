/// Points that belong together, joined by a line.
///
/// The line is broken where a point cannot be drawn because it is not finite, or not positive on
/// a logarithmic axis.
package struct PlotSeries: Equatable, Sendable {
    /// What the legend calls it; nil keeps it out of the legend.
    package let name: String?
    package let points: [PlotPoint]
    package let style: PlotStyle

    package init(name: String?, points: [PlotPoint], style: PlotStyle) {
        self.name = name
        self.points = points
        self.style = style
    }
}
