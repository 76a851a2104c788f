import Reports
import TestSupport
import Testing

@Suite struct LinePlotTests {
    private func plot(
        _ points: [(Double, Double)], x: AxisScale? = .linear, y: AxisScale? = nil,
        error: Double? = nil, names: [String] = ["a"]
    ) -> LinePlot {
        let points = points.map { PlotPoint(x: $0.0, y: $0.1, error: error) }
        return LinePlot(
            title: "Title", x: PlotAxis(label: "x", scale: x), y: PlotAxis(label: "y", scale: y),
            series: names.enumerated().map { index, name in
                PlotSeries(
                    name: name, points: points, style: PlotStyle(color: index, marker: .circle))
            },
            bands: [
                PlotBand(
                    name: "band",
                    slices: points.map { .init(x: $0.x, lower: $0.y - 1, upper: $0.y + 1) },
                    color: 1)
            ])
    }

    /// Every coordinate that is drawn lies within the view box.
    private func expectInside(
        _ svg: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let xml = try ParsedXML(svg)
        let box = try #require(xml["svg"].first?.attributes["viewBox"])
        let size = box.split(separator: " ").compactMap { Double($0) }
        func check(_ text: Substring, within limit: Double) {
            let value = Double(text) ?? .nan
            #expect(0 <= value && value <= limit, "\(text)", sourceLocation: sourceLocation)
        }
        for element in xml.elements {
            for name in ["x", "x1", "x2", "cx"] {
                element.attributes[name].map { check($0[...], within: size[2]) }
            }
            for name in ["y", "y1", "y2", "cy"] {
                element.attributes[name].map { check($0[...], within: size[3]) }
            }
            for pair in element.attributes["points", default: ""].split(separator: " ") {
                let parts = pair.split(separator: ",")
                check(parts[0], within: size[2])
                check(parts[1], within: size[3])
            }
        }
    }

    @Test(arguments: [AxisScale.linear, .logarithmic, .symmetric(linearWithin: 10), nil])
    func `what is drawn lies inside the view box`(_ scale: AxisScale?) throws {
        var generator = SeededGenerator(seed: 3)
        let edges = [
            0, -0.0, 1, -1, .leastNonzeroMagnitude, 1e-200, 1e200, -1e308, 1e308, .infinity,
            -.infinity, .nan,
        ]
        for _ in 0..<200 {
            let points = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                let exponent = Double.random(in: -6...6, using: &generator)
                let number = Double.random(in: -exponent.magnitude...1, using: &generator)
                let edge = edges.randomElement(using: &generator) ?? 0
                return (exponent, Bool.random(using: &generator) ? number * 1e5 : edge)
            }
            try expectInside(plot(points, y: scale).svg())
            try expectInside(plot(points, y: scale, error: points.first?.1).svg())
            try expectInside(plot(points.map { ($0.1, $0.0) }, x: scale).svg())
        }
    }

    @Test func `the law notices a point outside`() {
        withKnownIssue {
            let line = "<line x1=\"10\" y1=\"90\" x2=\"30\" y2=\"20\" />"
            try expectInside("<svg viewBox=\"0 0 80 80\">\(line)</svg>")
        }
    }

    @Test func `the scale follows from the numbers`() {
        #expect(AxisScale.fitting([]) == .linear)
        #expect(AxisScale.fitting([3, 4, 50]) == .linear)
        #expect(AxisScale.fitting([-3, 0, 50]) == .linear)
        #expect(AxisScale.fitting([0.01, 3, 50, .infinity]) == .logarithmic)
        #expect(AxisScale.fitting([5e6, -2000, -3000]) == .symmetric(linearWithin: 1000))
        #expect(AxisScale.fitting([.nan, .infinity]) == .linear)
    }

    @Test func `ticks are round numbers`() throws {
        func labels(_ points: [(Double, Double)]) throws -> [String] {
            try ParsedXML(plot(points).svg())["text"].map(\.text)
        }
        let linear = try labels([(0, 0), (100, 0.4)])
        for label in ["0", "20", "100", "\u{2212}1.0", "0.5"] { #expect(linear.contains(label)) }
        let decades = try labels([(0, 2), (1, 1e6)])
        for label in ["1", "1000", "10\u{2075}"] { #expect(decades.contains(label), "\(decades)") }
    }

    @Test func `a line is broken where a number is missing`() throws {
        let points: [(Double, Double)] = [(0, 1), (1, 2), (2, .nan), (3, 4), (4, 5)]
        let xml = try ParsedXML(plot(points).svg())
        #expect(xml["polyline"].count == 2)
        // One of them is in the legend.
        #expect(xml["circle"].count == 5)
    }

    @Test func `error bars reach as far as the error`() throws {
        let xml = try ParsedXML(plot([(0, 0), (1, 10)], y: .linear, error: 3).svg())
        func number(_ element: ParsedXML.Element, _ name: String) throws -> Double {
            try #require(element.attributes[name].flatMap(Double.init))
        }
        // The last one is in the legend.
        let dots = try xml["circle"].dropLast().map { try number($0, "cy") }
        let bars = xml["line"].filter { line in
            line.attributes["x1"] == line.attributes["x2"]
                && line.attributes["style"]?.contains("--plot-0") == true
        }
        #expect((dots.count, bars.count) == (2, 2))
        for (bar, dot) in zip(bars, dots) {
            // The dots are 10 apart.
            let unit = (dots[0] - dots[1]) / 10
            #expect(abs(try number(bar, "y1") - dot - 3 * unit) < 0.02)
            #expect(abs(dot - (try number(bar, "y2")) - 3 * unit) < 0.02)
        }
    }

    @Test func `the legend names every series, and names are escaped`() throws {
        let long = String(repeating: "a long name ", count: 20)
        let svg = plot([(0, 1), (1, 2)], names: ["<b>", "R&D", long]).svg()
        try expectInside(svg)
        let texts = try ParsedXML(svg)["text"].map(\.text)
        for name in ["<b>", "R&D", "band", "Title", "x", "y"] { #expect(texts.contains(name)) }
        #expect(texts.contains { $0.hasSuffix("\u{2026}") })
    }
}
