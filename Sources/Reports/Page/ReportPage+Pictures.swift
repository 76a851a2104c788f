import Markup

extension ReportPage {
    /// How many pictures are shown unfolded, and how many stand in each fold after them.
    static let picturesPerFold = 24

    func writePictures(to main: inout XMLWriter) {
        writeSection("pictures", "Pictures", to: &main) { section in
            section.element("p", ["class": "hint"], text: hint)
            writeInFolds(report.images.count, to: &section, content: writePictures)
        }
    }

    /// Writes so many pictures: some as they are, and those after them in folds.
    func writeInFolds(
        _ count: Int, to section: inout XMLWriter,
        content: (Range<Int>, inout XMLWriter) -> Void
    ) {
        for start in stride(from: 0, to: count, by: Self.picturesPerFold) {
            let range = start..<min(start + Self.picturesPerFold, count)
            guard start > 0 else {
                content(range, &section)
                continue
            }
            section.element("details", ["class": "fold"]) { details in
                details.element("summary", text: "Pictures \(start + 1) to \(range.upperBound)")
                content(range, &details)
            }
        }
    }

    private var hint: String {
        let isReduced = views.contains { $0.contains(where: \.picture.isReduced) }
        let differs = views.contains { $0.contains { $0.key == "noise" || $0.key == "error" } }
        return "Click a picture to enlarge it."
            + (differs
                ? " In noise and error, mid-gray is zero; white and black are the \u{B1} number."
                : "") + (isReduced ? " Large pictures are shown reduced; the files are whole." : "")
    }

    private func writePictures(_ range: Range<Int>, to section: inout XMLWriter) {
        for index in range {
            section.lineFeed()
            section.element("article", ["class": "picture", "id": "p\(index + 1)"]) { article in
                writeTitle(of: report.images[index], to: &article)
                let name = report.images[index].name
                ViewRow(views: views[index], name: name, anchor: "p\(index + 1)")
                    .write(to: &article)
                writeRemarks(on: report.images[index], to: &article)
            }
        }
    }

    private func writeTitle(of image: ImageReport, to article: inout XMLWriter) {
        article.element("h3") { title in
            title.element("bdi", text: image.name)
            guard let score = image.score, let input = score.psnrInput, let gain = score.gain
            else { return }
            title.element("span", ["class": "score"]) { text in
                text.text("\(input.fixed(2)) \u{2192} \(score.psnr.fixed(2)) dB ")
                text.element(
                    "b", ["class": gain < 0 ? "loss" : "gain"], text: "\(gain.signed(2)) dB")
            }
        }
    }

    /// Picture and noise are two results, each with a line of its own.
    private func writeRemark(
        _ parts: [String], about subject: String? = nil, to article: inout XMLWriter
    ) {
        article.element("p", ["class": "remarks"]) { line in
            if let subject {
                line.element("b", text: subject)
                line.text(": ")
            }
            line.text(parts.joined(separator: " \u{B7} "))
        }
    }

    private func writeRemarks(on image: ImageReport, to article: inout XMLWriter) {
        var parts: [String] = []
        if let ssim = image.score?.ssim { parts.append("SSIM \(ssim.fixed(3))") }
        if let covered = image.score?.psnrCovered {
            let input = image.score?.psnrInputCovered.map { "\($0.fixed(2)) \u{2192} " } ?? ""
            parts.append("covered pixels \(input)\(covered.fixed(2)) dB")
        }
        if let objective = image.objective {
            parts.append("objective \(objective.significant(5))")
        }
        if let posterior = image.posterior { parts.append(posterior.text) }
        if let bits = image.bitsPerDim { parts.append("\(bits.fixed(2)) bits/dim") }
        if let standing = image.standing { parts.append(standing.text) }
        parts.append(image.iterations == 1 ? "1 iteration" : "\(image.iterations) iterations")
        parts.append(image.seconds.duration)
        let psnr = image.score?.psnrNoise.map { ["\($0.fixed(2)) dB"] } ?? []
        let noise = psnr + image.noise.texts + (image.noiseFound.map { [$0.text] } ?? [])
        if noise.isEmpty {
            writeRemark(parts, to: &article)
        } else {
            writeRemark(parts, about: "Picture", to: &article)
            writeRemark(noise, about: "Noise", to: &article)
        }
        for warning in image.warnings {
            article.element("p", ["class": "warning"], text: warning)
        }
    }
}
