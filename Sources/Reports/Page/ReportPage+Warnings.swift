import Markup

extension ReportPage {
    /// The most warnings that are shown without folding.
    private static let mostOpenWarnings = 12

    private struct Warning {
        /// The picture that it is about, counted from 1, and its name.
        let picture: (number: Int, name: String)?
        let text: String
    }

    /// Every warning, those about the whole job first; pictures with a warning are linked to.
    func writeWarnings(to header: inout XMLWriter) {
        let warnings = allWarnings
        guard !warnings.isEmpty else { return }
        header.element("section", ["class": "warnings", "aria-labelledby": "warnings"]) { box in
            let title = warnings.count == 1 ? "1 warning" : "\(warnings.count) warnings"
            box.element("h2", ["id": "warnings"], text: title)
            write(warnings.prefix(Self.mostOpenWarnings), to: &box)
            let rest = warnings.dropFirst(Self.mostOpenWarnings)
            guard !rest.isEmpty else { return }
            box.element("details") { details in
                details.element("summary", text: "\(rest.count) more")
                write(rest, to: &details)
            }
        }
    }

    private var allWarnings: [Warning] {
        let ofPictures = report.images.enumerated().flatMap { index, image in
            image.warnings.map { Warning(picture: (index + 1, image.name), text: $0) }
        }
        return report.warnings.map { Warning(picture: nil, text: $0) } + ofPictures
    }

    private func write(_ warnings: ArraySlice<Warning>, to box: inout XMLWriter) {
        box.element("ul") { list in
            for warning in warnings {
                list.element("li") { item in
                    if let picture = warning.picture {
                        item.element("a", ["href": "#p\(picture.number)"]) {
                            $0.element("bdi", text: picture.name)
                        }
                        item.text(": ")
                    }
                    item.text(warning.text)
                }
            }
        }
    }
}
