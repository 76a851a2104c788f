import Markup

/// The traces of a report as plots: the mean, and behind it each picture or, when there are many,
/// the area that they cover.
struct TraceCurves {
    /// With more lines than this, single ones can no longer be followed.
    private static let mostLines = 24
    /// What a line of a plot can show.
    private static let mostPoints = 200

    private let traces: [[TracePoint]]

    init(_ images: [ImageReport]) {
        traces = images.map(\.trace).filter { $0.count > 1 }
    }

    /// The plots for which there are numbers.
    var plots: [LinePlot] {
        guard !traces.isEmpty else { return [] }
        let objective = LinePlot(
            title: "Objective", x: iterations, y: PlotAxis(label: "objective", scale: nil),
            series: lines(\.objective), bands: bands(\.objective))
        let terms = LinePlot(
            title: "Terms of the objective", x: iterations,
            y: PlotAxis(label: "value", scale: nil),
            series: [
                meanSeries("data term", color: 0, \.dataTerm),
                meanSeries("prior term", color: 1, \.priorTerm, isDashed: true),
            ])
        let psnr = LinePlot(
            title: "PSNR", x: iterations, y: PlotAxis(label: "PSNR, dB"), series: lines(\.psnr),
            bands: bands(\.psnr))
        let hasPSNR = psnr.series.contains { !$0.points.isEmpty }
        return hasPSNR ? [psnr, objective, terms] : [objective, terms]
    }

    private var iterations: PlotAxis { PlotAxis(label: "iteration") }

    private var isCrowded: Bool { traces.count > Self.mostLines }

    private func lines(_ value: @escaping (TracePoint) -> Double?) -> [PlotSeries] {
        guard traces.count > 1 else {
            return [meanSeries(nil, color: 0, value)]
        }
        let mean = meanSeries("mean of \(traces.count) pictures", color: 1, value)
        guard !isCrowded else { return [mean] }
        let each = traces.enumerated().map { index, trace in
            PlotSeries(
                name: index == 0 ? "each picture" : nil, points: Self.points(trace, value),
                style: PlotStyle(color: 0, weight: .faint))
        }
        return each + [mean]
    }

    private func bands(_ value: (TracePoint) -> Double?) -> [PlotBand] {
        guard isCrowded else { return [] }
        let slices = slices(value).compactMap { slice -> PlotBand.Slice? in
            guard let least = slice.values.min(), let most = slice.values.max() else { return nil }
            return PlotBand.Slice(x: Double(slice.iteration), lower: least, upper: most)
        }
        return [PlotBand(name: "least to greatest", slices: slices, color: 0)]
    }

    private func meanSeries(
        _ name: String?, color: Int, _ value: (TracePoint) -> Double?, isDashed: Bool = false
    ) -> PlotSeries {
        let points = slices(value).compactMap { slice in
            Report.mean(slice.values).map { PlotPoint(x: Double(slice.iteration), y: $0) }
        }
        let style = PlotStyle(color: color, weight: .strong, isDashed: isDashed)
        return PlotSeries(name: name, points: points, style: style)
    }
}

// MARK: Thinning and averaging

extension TraceCurves {
    private static func points(
        _ trace: [TracePoint], _ value: (TracePoint) -> Double?
    ) -> [PlotPoint] {
        // Not every iteration has every number: what is thinned are those that have it.
        thinned(
            trace.compactMap { point in
                value(point).map { PlotPoint(x: Double(point.iteration), y: $0) }
            })
    }

    /// Evenly chosen elements with the first and the last among them.
    private static func thinned<Element>(_ elements: [Element]) -> [Element] {
        guard elements.count > mostPoints else { return elements }
        return (0..<mostPoints).map { elements[$0 * (elements.count - 1) / (mostPoints - 1)] }
    }

    /// The numbers of all traces at some iterations.
    ///
    /// A picture that was done earlier counts with its last number; one that is not finite does
    /// not count.
    private func slices(
        _ value: (TracePoint) -> Double?
    ) -> [(iteration: Int, values: [Double])] {
        let iterations = Set(
            traces.flatMap { $0.filter { value($0) != nil }.map(\.iteration) }
        ).sorted()
        var next = [Int](repeating: 0, count: traces.count)
        var latest = [Double?](repeating: nil, count: traces.count)
        return Self.thinned(iterations).map { iteration in
            for (index, trace) in traces.enumerated() {
                while next[index] < trace.count, trace[next[index]].iteration <= iteration {
                    if let known = value(trace[next[index]]) {
                        latest[index] = known.isFinite ? known : nil
                    }
                    next[index] += 1
                }
            }
            return (iteration, latest.compactMap { $0 })
        }
    }
}

extension ReportPage {
    func writeCurves(to main: inout XMLWriter) {
        let plots = TraceCurves(report.images).plots
        guard !plots.isEmpty else { return }
        writeSection("curves", "Curves", to: &main) { section in
            section.element("div", ["class": "plots"]) { row in
                for plot in plots {
                    row.element("figure") { $0.markup(plot.svg()) }
                }
            }
        }
    }
}
