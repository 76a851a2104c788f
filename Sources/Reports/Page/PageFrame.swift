import Markup

/// What all pages have in common: one file that opens from disk, without network and script.
enum PageFrame {
    /// A whole page; `content` writes its body.
    static func html(title: String, content: (inout XMLWriter) -> Void) -> String {
        var writer = XMLWriter()
        writer.markup("<!DOCTYPE html>\n")
        writer.element(
            "html",
            ["xmlns": "http://www.w3.org/1999/xhtml", "lang": "en", "xml:lang": "en"]
        ) { html in
            writeHead(title, to: &html)
            html.element("body") { content(&$0) }
        }
        writer.lineFeed()
        return writer.output
    }

    private static func writeHead(_ title: String, to html: inout XMLWriter) {
        html.element("head") { head in
            head.empty("meta", ["charset": "utf-8"])
            head.empty(
                "meta",
                [
                    "http-equiv": "Content-Security-Policy",
                    "content": "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
                ])
            let viewport = "width=device-width, initial-scale=1"
            head.empty("meta", ["name": "viewport", "content": viewport])
            head.empty("meta", ["name": "color-scheme", "content": "light dark"])
            head.element("title", text: title)
            head.element("style") { $0.markup(StyleSheet.css) }
        }
        html.lineFeed()
    }

    /// A part of the page with its heading.
    static func writeSection(
        _ key: String, _ title: String, to main: inout XMLWriter,
        content: (inout XMLWriter) -> Void
    ) {
        main.lineFeed()
        main.element("section", ["id": key, "aria-labelledby": "\(key)-title"]) { section in
            section.element("h2", ["id": "\(key)-title"], text: title)
            content(&section)
        }
    }

    /// A table of names and values.
    static func writeFacts(
        _ facts: [(name: String, value: String)], caption: String, to section: inout XMLWriter
    ) {
        section.element("table", ["class": "facts"]) { table in
            table.element("caption", text: caption)
            table.element("tbody") { body in
                for fact in facts {
                    body.element("tr") { row in
                        row.element("th", ["scope": "row"], text: fact.name)
                        row.element("td", text: fact.value)
                    }
                }
            }
        }
    }
}
