/// How a series is drawn.
///
/// Colours come from eight that color-blind readers can tell apart (Okabe and Ito 2008). A page
/// may set its own for a dark background as the CSS variables `--plot-0` to `--plot-7`.
package struct PlotStyle: Equatable, Sendable {
    package enum Weight: Sendable {
        /// One of many lines behind those that matter.
        case faint
        case normal
        case strong
    }

    /// Which colour; counted round.
    package let color: Int
    package let weight: Weight
    package let isDashed: Bool
    /// What marks every point; nil leaves them unmarked.
    package let marker: PlotMarker?

    package init(
        color: Int, weight: Weight = .normal, isDashed: Bool = false, marker: PlotMarker? = nil
    ) {
        self.color = color
        self.weight = weight
        self.isDashed = isDashed
        self.marker = marker
    }

    private static let colors = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6b5b95", "#555555",
    ]

    var paint: String {
        let count = Self.colors.count
        let index = (color % count + count) % count
        return "var(--plot-\(index),\(Self.colors[index]))"
    }

    /// The declarations of the line.
    var stroke: String {
        let (width, opacity) =
            switch weight {
            case .faint: ("1", "0.4")
            case .normal: ("1.6", "1")
            case .strong: ("2.6", "1")
            }
        let dashes = isDashed ? ";stroke-dasharray:6 4" : ""
        return "fill:none;stroke:\(paint);stroke-width:\(width);stroke-opacity:\(opacity)"
            + ";stroke-linejoin:round;stroke-linecap:round" + dashes
    }
}
