/// An axis with its numbers: where each lies between the two ends.
struct AxisFrame {
    let label: String
    let ticks: [AxisTicks.Tick]
    private let scale: AxisScale
    private let lower: Double
    private let upper: Double

    /// The frame in which all of `values` that have a place lie, with `margin` of the length
    /// left free at both ends.
    init(_ axis: PlotAxis, values: [Double], margin: Double) {
        label = axis.label
        let wanted = axis.scale ?? AxisScale.fitting(values)
        // Nothing has a place on a logarithmic axis: any other can at least be drawn empty.
        let isEmpty = !values.contains { wanted.place($0) != nil }
        let scale = isEmpty ? .linear : wanted
        let places = values.compactMap(scale.place)
        let least = places.min() ?? 0
        let greatest = places.max() ?? 1
        var padding = (greatest - least) * margin
        if greatest - least <= max(1e-9 * max(least.magnitude, greatest.magnitude), 1e-280) {
            padding = least == 0 ? 1 : max(0.1 * least.magnitude, 1e-9)
        }
        lower = least - padding
        upper = greatest + padding
        self.scale = scale
        let range = scale.value(at: lower)...scale.value(at: upper)
        ticks = AxisTicks(within: range, scale: scale).ticks
    }

    /// Where `value` lies from the lower end, 0, to the upper, 1; nil where it has no place.
    func fraction(of value: Double) -> Double? {
        guard let place = scale.place(value) else { return nil }
        return min(max((place - lower) / (upper - lower), 0), 1)
    }
}
