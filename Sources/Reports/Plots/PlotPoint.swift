/// A point of a plot; `error`, where known, is drawn as a bar of that length to both sides.
package struct PlotPoint: Equatable, Sendable {
    package let x: Double
    package let y: Double
    package let error: Double?

    package init(x: Double, y: Double, error: Double? = nil) {
        self.x = x
        self.y = y
        self.error = error
    }
}
