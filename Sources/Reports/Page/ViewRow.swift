import Markup

/// Pictures that stand side by side, each of which grows over the page when it is clicked.
struct ViewRow {
    /// More would be too small to be compared, and go below.
    private static let mostColumns = 8

    let views: [PictureView]
    /// What is shown, such as the name of a picture.
    let name: String
    /// The address of what the row stands in, within the page.
    let anchor: String

    func write(to article: inout XMLWriter) {
        let columns = "--columns:\(min(max(views.count, 3), Self.mostColumns))"
        article.element("div", ["class": "views", "style": columns]) { row in
            for place in views.indices { writeView(place, to: &row) }
        }
    }

    /// A picture that grows over the page when it is the target of the address, so that zooming
    /// needs no script and no second copy of the picture.
    private func writeView(_ place: Int, to row: inout XMLWriter) {
        let view = views[place]
        let id = "\(anchor)-\(view.key)"
        row.element("figure", ["id": id]) { figure in
            figure.element("a", ["class": "open", "href": "#\(id)"]) { link in
                link.empty(
                    "img",
                    [
                        "src": view.picture.address, "alt": "\(view.title) of \(name)",
                        "width": "\(view.picture.width)", "height": "\(view.picture.height)",
                        "class": view.picture.isPixelated ? "pixels" : "smooth",
                        "loading": "lazy",
                    ])
            }
            figure.element("figcaption") { caption in
                caption.element("span", text: view.title)
                if let note = view.note { caption.element("small", text: note) }
            }
            writeZoomLinks(place, to: &figure)
        }
    }

    /// What is there only while the picture is enlarged: a way back, and to its neighbours.
    private func writeZoomLinks(_ place: Int, to figure: inout XMLWriter) {
        let start = "#\(anchor)"
        figure.element("a", ["class": "close", "href": start, "aria-label": "Close"]) { _ in }
        let neighbours: [(Int, String, String, String)] = [
            (place - 1, "previous", "\u{2039}", "Previous: "),
            (place + 1, "next", "\u{203A}", "Next: "),
        ]
        for (other, style, sign, words) in neighbours where views.indices.contains(other) {
            figure.element(
                "a",
                [
                    "class": style, "href": "\(start)-\(views[other].key)",
                    "aria-label": words + views[other].title,
                ], text: sign)
        }
    }
}
