import Images

/// The pictures of one setting: a row for the truth, the measurement and every method.
struct PictureGrid {
    struct Line {
        let name: String
        /// One for every picture, nil where there is none.
        let cells: [Cell?]
    }

    struct Cell {
        let picture: EmbeddedPicture
        /// What is written below it.
        let note: String
    }

    let set: Int
    let sweep: Int?
    let amount: Double?
    /// The names of the pictures.
    let names: [String]
    let lines: [Line]

    /// - Throws: `ImageError` when a picture cannot be encoded.
    init(_ block: ExperimentReport.Block, of report: ExperimentReport) throws(ImageError) {
        set = block.set
        sweep = block.sweep
        amount = block.amount
        names = block.pictures.map(\.name)
        var lines = [
            try Self.line("Truth", block.pictures) { ($0.truth, "") },
            try Self.line("Measurement", block.pictures) { shown in
                let input = shown.restored.lazy.compactMap(\.score.psnrInput).first
                return (shown.measurement, input.map { "\($0.fixed(2)) dB" } ?? "")
            },
        ]
        let points = report.points(set: block.set, sweep: block.sweep)
        for (index, method) in report.methods.enumerated() {
            let best = points.first { $0.method == index && $0.amount == block.amount }?.variant
            lines.append(
                try Self.line(method.name, block.pictures) { shown in
                    let own = shown.restored.first { $0.method == index && $0.variant == best }
                    return (own?.picture, own.map { "\($0.score.psnr.fixed(2)) dB" } ?? "")
                })
        }
        self.lines = lines.filter { $0.cells.contains { $0 != nil } }
    }

    private static func line(
        _ name: String, _ pictures: [ExperimentReport.Shown],
        _ cell: (ExperimentReport.Shown) -> (Picture?, String)
    ) throws(ImageError) -> Line {
        var cells: [Cell?] = []
        for shown in pictures {
            let (picture, note) = cell(shown)
            guard let picture else {
                cells.append(nil)
                continue
            }
            cells.append(Cell(picture: try EmbeddedPicture(picture), note: note))
        }
        return Line(name: name, cells: cells)
    }
}
