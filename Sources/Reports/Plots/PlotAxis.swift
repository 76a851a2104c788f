/// What an axis of a plot says, and how it spreads numbers.
package struct PlotAxis: Equatable, Sendable {
    package let label: String
    /// Nil chooses by the numbers.
    package let scale: AxisScale?

    package init(label: String, scale: AxisScale? = .linear) {
        self.label = label
        self.scale = scale
    }
}
