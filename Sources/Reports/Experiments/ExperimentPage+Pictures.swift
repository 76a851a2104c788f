import Markup

extension ExperimentPage {
    func writePictures(to main: inout XMLWriter) {
        guard !grids.isEmpty else { return }
        PageFrame.writeSection("pictures", "Pictures", to: &main) { section in
            section.element(
                "p", ["class": "hint"],
                text: "The first pictures of every set, with the PSNR of each below it.")
            for grid in grids {
                section.element("h3", ["class": "card-title"], text: title(of: grid))
                write(grid, to: &section)
            }
        }
    }

    private func title(of grid: PictureGrid) -> String {
        guard let sweep = grid.sweep, let amount = grid.amount else {
            return report.sets[grid.set].name
        }
        return "\(report.sets[grid.set].name): \(report.sweeps[sweep].label) "
            + amount.shortest
    }

    private func write(_ grid: PictureGrid, to section: inout XMLWriter) {
        section.element("div", ["class": "scroll", "tabindex": "0"]) { box in
            box.element("table", ["class": "grid"]) { table in
                table.element("tbody") { body in
                    for line in grid.lines {
                        body.lineFeed()
                        body.element("tr") { row in
                            row.element("th", ["scope": "row"], text: line.name)
                            for (name, cell) in zip(grid.names, line.cells) {
                                row.element("td") { write(cell, line.name, name, to: &$0) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func write(
        _ cell: PictureGrid.Cell?, _ line: String, _ name: String, to data: inout XMLWriter
    ) {
        guard let cell else { return data.text("\u{2013}") }
        data.empty(
            "img",
            [
                "src": cell.picture.address, "alt": "\(line) of \(name)",
                "width": "\(cell.picture.width)", "height": "\(cell.picture.height)",
                "class": cell.picture.isPixelated ? "pixels" : "smooth",
            ])
        data.element("small", text: cell.note)
    }
}
