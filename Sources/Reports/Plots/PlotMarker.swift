import Markup

/// The shape that marks the points of a series, so that series differ without colour too.
package enum PlotMarker: CaseIterable, Equatable, Sendable {
    case circle, square, triangle, diamond, cross, ring, box, inverted

    /// The marker number `index`, counted round.
    package init(_ index: Int) {
        let count = Self.allCases.count
        self = Self.allCases[(index % count + count) % count]
    }

    /// Draws the marker at a place of the drawing.
    func write(at x: Double, _ y: Double, paint: String, to svg: inout XMLWriter) {
        let fill = "fill:\(paint)"
        let outline = "fill:none;stroke:\(paint);stroke-width:1.8"
        switch self {
        case .circle: Self.circle(x, y, 3.2, fill, to: &svg)
        case .ring: Self.circle(x, y, 3.4, outline, to: &svg)
        case .square: Self.shape([(-3, -3), (3, -3), (3, 3), (-3, 3)], x, y, fill, to: &svg)
        case .box: Self.shape([(-3, -3), (3, -3), (3, 3), (-3, 3)], x, y, outline, to: &svg)
        case .triangle: Self.shape([(0, -4.2), (3.9, 2.6), (-3.9, 2.6)], x, y, fill, to: &svg)
        case .inverted: Self.shape([(0, 4.2), (3.9, -2.6), (-3.9, -2.6)], x, y, fill, to: &svg)
        case .diamond: Self.shape([(0, -4.4), (4.4, 0), (0, 4.4), (-4.4, 0)], x, y, fill, to: &svg)
        case .cross:
            for (a, b) in [(-3.2, 3.2), (3.2, -3.2)] {
                svg.empty(
                    "line",
                    [
                        "x1": text(x - 3.2), "y1": text(y + a), "x2": text(x + 3.2),
                        "y2": text(y + b), "style": outline,
                    ])
            }
        }
    }

    private static func circle(
        _ x: Double, _ y: Double, _ radius: Double, _ style: String, to svg: inout XMLWriter
    ) {
        let (x, y) = (PlotDrawing.coordinate(x), PlotDrawing.coordinate(y))
        svg.empty("circle", ["cx": x, "cy": y, "r": "\(radius)", "style": style])
    }

    private static func shape(
        _ corners: [(Double, Double)], _ x: Double, _ y: Double, _ style: String,
        to svg: inout XMLWriter
    ) {
        let points = corners.map {
            "\(PlotDrawing.coordinate(x + $0.0)),\(PlotDrawing.coordinate(y + $0.1))"
        }
        svg.empty("polygon", ["points": points.joined(separator: " "), "style": style])
    }

    private func text(_ number: Double) -> String { PlotDrawing.coordinate(number) }
}
