package import Images
import Markup

/// The page `report.html`, one method for each of its parts.
///
/// It needs no script and forbids any, so that nothing in a file name or a model card can run.
struct ReportPage {
    let report: Report
    /// The pictures of each image of the report.
    let views: [[PictureView]]
    /// For each image, what the methods made of it where several are compared.
    let compared: [[PictureView]]
    let mean: Score?

    func html() -> String {
        PageFrame.html(title: "\(report.job.name) \u{2013} Sluice report") { body in
            writeHeader(to: &body)
            body.element("main") { main in
                writeComparison(to: &main)
                writePictures(to: &main)
                writeCurves(to: &main)
                writeNumbers(to: &main)
                writeSettings(to: &main)
                writeModel(to: &main)
                writeRun(to: &main)
            }
        }
    }

    /// A part of the page with its heading.
    func writeSection(
        _ key: String, _ title: String, to main: inout XMLWriter,
        content: (inout XMLWriter) -> Void
    ) {
        PageFrame.writeSection(key, title, to: &main, content: content)
    }

    /// A table of names and values.
    func writeFacts(
        _ facts: [(name: String, value: String)], caption: String, to section: inout XMLWriter
    ) {
        PageFrame.writeFacts(facts, caption: caption, to: &section)
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
        var compared: [[PictureView]] = []
        if !comparison.isEmpty {
            for index in images.indices {
                var row = try PictureView.all(of: comparison, picture: index)
                let anchor = ReportPage.comparedAnchor(index)
                PictureView.share(&row, &views[index], anchor: anchor)
                compared.append(row)
            }
        }
        return ReportPage(report: self, views: views, compared: compared, mean: mean).html()
    }
}
