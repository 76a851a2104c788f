/// Colours for numbers from 0 to 1, from black over purple and orange to pale yellow.
///
/// Every colour is lighter than the one before, so that the order can also be seen in gray and by
/// those who do not tell red from green.
enum ColorMap {
    /// Red, green and blue at equal distances.
    private static let stops: [(Double, Double, Double)] = [
        (0, 0, 4), (31, 12, 72), (85, 15, 109), (136, 34, 106), (186, 54, 85), (227, 89, 51),
        (249, 140, 10), (249, 201, 50), (252, 255, 164),
    ]

    /// The colour of `value`, which is cut off at 0 and 1.
    static func color(of value: Double) -> [UInt8] {
        let place = min(max(value.isFinite ? value : 0, 0), 1) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        let share = place - Double(index)
        let (low, high) = (stops[index], stops[index + 1])
        func mixed(_ low: Double, _ high: Double) -> UInt8 {
            UInt8((low + (high - low) * share).rounded())
        }
        return [mixed(low.0, high.0), mixed(low.1, high.1), mixed(low.2, high.2)]
    }
}
