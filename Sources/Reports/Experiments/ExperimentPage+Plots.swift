import Markup

extension ExperimentPage {
    /// One plot for every set of pictures of every sweep: PSNR over the amounts.
    var plots: [LinePlot] {
        report.panels.compactMap { set, sweep in sweep.flatMap { plot(set, $0) } }
    }

    func writePlots(to main: inout XMLWriter) {
        let plots = plots
        guard !plots.isEmpty else { return }
        PageFrame.writeSection("plots", "Plots", to: &main) { section in
            section.element(
                "p", ["class": "hint"],
                text: "Mean PSNR of the pictures; bars are one standard error to both sides.")
            section.element("div", ["class": "plots wide"]) { row in
                for plot in plots { row.element("figure") { $0.markup(plot.svg()) } }
            }
        }
    }

    private func plot(_ set: Int, _ index: Int) -> LinePlot? {
        let sweep = report.sweeps[index]
        let points = report.points(set: set, sweep: index)
        guard !points.isEmpty else { return nil }
        let methods = report.methods.enumerated().compactMap { number, method -> PlotSeries? in
            let own = points.filter { $0.method == number }
            guard !own.isEmpty else { return nil }
            return PlotSeries(
                name: method.name, points: own.map(Self.point),
                style: PlotStyle(
                    color: number, weight: .normal, isDashed: number >= PlotMarker.allCases.count,
                    marker: PlotMarker(number)))
        }
        return LinePlot(
            title: title(set, index), x: PlotAxis(label: sweep.label, scale: sweep.scale),
            y: PlotAxis(label: "PSNR, dB"), series: inputs(points) + methods, width: 560,
            height: 360)
    }

    private static func point(_ point: ExperimentPoint) -> PlotPoint {
        PlotPoint(
            x: point.amount ?? .nan, y: point.psnr.mean, error: point.psnr.standardError)
    }

    /// The measurement taken back to a picture, which is the same for every method.
    private func inputs(_ points: [ExperimentPoint]) -> [PlotSeries] {
        var seen: Set<Double> = []
        let inputs = points.compactMap { point -> PlotPoint? in
            guard let input = point.psnrInput, let amount = point.amount,
                seen.insert(amount).inserted
            else { return nil }
            return PlotPoint(x: amount, y: input.mean)
        }
        guard !inputs.isEmpty else { return [] }
        return [
            PlotSeries(
                name: "input", points: inputs.sorted { $0.x < $1.x },
                style: PlotStyle(color: 7, isDashed: true))
        ]
    }
}
