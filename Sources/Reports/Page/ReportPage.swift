package import Images
import Markup

/// The page `report.html`, one method for each of its parts.
///
/// It needs no script and forbids any, so that nothing in a file name or a model card can run.
struct ReportPage {
    let report: Report
    /// The pictures of each image of the report.
    let views: [[PictureView]]
    let mean: Score?

    func html() -> String {
        var writer = XMLWriter()
        writer.markup("<!DOCTYPE html>\n")
        writer.element(
            "html",
            ["xmlns": "http://www.w3.org/1999/xhtml", "lang": "en", "xml:lang": "en"]
        ) { html in
            writeHead(to: &html)
            html.element("body") { body in
                writeHeader(to: &body)
                body.element("main") { main in
                    writePictures(to: &main)
                    writeCurves(to: &main)
                    writeNumbers(to: &main)
                    writeSettings(to: &main)
                    writeModel(to: &main)
                    writeRun(to: &main)
                }
            }
        }
        writer.lineFeed()
        return writer.output
    }

    private func writeHead(to html: inout XMLWriter) {
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
            head.element("title", text: "\(report.job.name) \u{2013} Sluice report")
            head.element("style") { $0.markup(StyleSheet.css) }
        }
        html.lineFeed()
    }

    /// A part of the page with its heading.
    func writeSection(
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
    func writeFacts(
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

extension Report {
    /// The text of `report.html`: one file that opens from disk, without network and script, and
    /// whose size is in proportion to that of its pictures.
    ///
    /// - Throws: `ImageError` when a picture cannot be encoded.
    package func html() throws(ImageError) -> String {
        var views: [[PictureView]] = []
        for image in images { views.append(try PictureView.all(of: image)) }
        return ReportPage(report: self, views: views, mean: mean).html()
    }
}
