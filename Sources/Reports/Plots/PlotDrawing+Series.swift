import Markup

extension PlotDrawing {
    /// Draws the line, then what marks its points.
    func write(_ series: PlotSeries, to svg: inout XMLWriter) {
        for line in lines(series.points) {
            if line.count == 1, let point = line.first {
                (series.style.marker ?? .circle)
                    .write(at: point.x, point.y, paint: series.style.paint, to: &svg)
                continue
            }
            svg.empty("polyline", ["points": list(line), "style": series.style.stroke])
        }
        for point in series.points {
            guard let place = place(point) else { continue }
            if let error = point.error { writeBar(point, error, series.style, to: &svg) }
            series.style.marker?
                .write(at: place.x, place.y, paint: series.style.paint, to: &svg)
        }
    }

    func write(_ band: PlotBand, to svg: inout XMLWriter) {
        let lower = band.slices.compactMap { place(PlotPoint(x: $0.x, y: $0.lower)) }
        let upper = band.slices.compactMap { place(PlotPoint(x: $0.x, y: $0.upper)) }
        guard !lower.isEmpty, !upper.isEmpty else { return }
        let style = "fill:\(PlotStyle(color: band.color).paint);fill-opacity:0.18"
        svg.empty("polygon", ["points": list(lower + upper.reversed()), "style": style])
    }

    /// The stretches of points that can be drawn.
    private func lines(_ points: [PlotPoint]) -> [[(x: Double, y: Double)]] {
        var lines: [[(x: Double, y: Double)]] = [[]]
        for point in points {
            if let place = place(point) {
                lines[lines.count - 1].append(place)
            } else if lines.last?.isEmpty == false {
                lines.append([])
            }
        }
        return lines.filter { !$0.isEmpty }
    }

    private func place(_ point: PlotPoint) -> (x: Double, y: Double)? {
        guard let x = x(point.x), let y = y(point.y) else { return nil }
        return (x, y)
    }

    private func list(_ places: [(x: Double, y: Double)]) -> String {
        places.map { "\(Self.coordinate($0.x)),\(Self.coordinate($0.y))" }
            .joined(separator: " ")
    }

    /// A bar from `error` below the point to `error` above it; what lies off the axis is cut.
    private func writeBar(
        _ point: PlotPoint, _ error: Double, _ style: PlotStyle, to svg: inout XMLWriter
    ) {
        guard error.isFinite, let x = x(point.x), let high = y(point.y + error) else { return }
        let low = y(point.y - error) ?? bottom
        let stroke = "stroke:\(style.paint);stroke-width:1.4"
        writeLine((x, low), (x, high), stroke, to: &svg)
        for end in [low, high] {
            writeLine((max(x - 4, left), end), (min(x + 4, right), end), stroke, to: &svg)
        }
    }
}
