/// The area between two lines, such as from the least to the greatest of many series.
package struct PlotBand: Equatable, Sendable {
    package struct Slice: Equatable, Sendable {
        package let x: Double
        package let lower: Double
        package let upper: Double

        package init(x: Double, lower: Double, upper: Double) {
            self.x = x
            self.lower = lower
            self.upper = upper
        }
    }

    /// What the legend calls it; nil keeps it out of the legend.
    package let name: String?
    package let slices: [Slice]
    /// Which colour of `PlotStyle`.
    package let color: Int

    package init(name: String?, slices: [Slice], color: Int) {
        self.name = name
        self.slices = slices
        self.color = color
    }
}
