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
                writePicture(of: view, to: &link)
            }
            figure.element("figcaption") { caption in
                caption.element("span", text: view.title)
                if let note = view.note { caption.element("small", text: note) }
            }
            writeZoomLinks(place, to: &figure)
        }
    }

    /// A picture that is shown twice is one of an SVG, which can be used again by its name: pages
    /// of several methods would be a third larger otherwise.
    private func writePicture(of view: PictureView, to link: inout XMLWriter) {
        let words = "\(view.title) of \(name)"
        let style = view.picture.isPixelated ? "pixels" : "smooth"
        let size = (width: "\(view.picture.width)", height: "\(view.picture.height)")
        let frame: XMLWriter.Attributes = [
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(size.width) \(size.height)",
            "role": "img", "aria-label": words, "class": style,
        ]
        switch view.place {
        case .here:
            link.empty(
                "img",
                [
                    "src": view.picture.address, "alt": words, "width": size.width,
                    "height": size.height, "class": style, "loading": "lazy",
                ])
        case .named(let id):
            link.element("svg", frame) { svg in
                svg.empty(
                    "image",
                    [
                        "id": id, "href": view.picture.address, "width": size.width,
                        "height": size.height,
                    ])
            }
        case .elsewhere(let id):
            link.element("svg", frame) { $0.empty("use", ["href": "#\(id)"]) }
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
