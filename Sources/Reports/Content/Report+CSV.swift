extension Report {
    /// The text of `trace.csv`: a heading, then a line for every iteration of every picture.
    ///
    /// Numbers that are not known or not finite are empty cells. Names are quoted as RFC 4180
    /// has it where they hold a comma, a quote or a line end.
    package func traceCSV() -> String {
        var text = "image,iteration,objective,data_term,prior_term,psnr,seconds\n"
        for image in images {
            let name = CSVText.cell(image.name)
            for point in image.trace {
                let numbers = [
                    point.objective, point.dataTerm, point.priorTerm, point.psnr, point.seconds,
                ]
                let cells = [name, "\(point.iteration)"] + numbers.map(CSVText.cell)
                text += cells.joined(separator: ",") + "\n"
            }
        }
        return text
    }

    private static let comparisonHeading =
        "method,image,psnr_input,psnr,psnr_covered,psnr_noise,ssim,bits_per_dim,objective,"
        + "iterations,seconds\n"

    /// The text of `comparison.csv`: a heading, then a line for every picture of every method.
    ///
    /// Numbers that are not known or not finite are empty cells.
    package func comparisonCSV() -> String {
        var text = Self.comparisonHeading
        for method in comparison {
            let title = CSVText.cell(method.title)
            for image in method.images {
                let numbers = [
                    image.score?.psnrInput, image.score?.psnr, image.score?.psnrCovered,
                    image.score?.psnrNoise, image.score?.ssim, image.bitsPerDim, image.objective,
                ]
                let cells = [title, CSVText.cell(image.name)] + numbers.map(CSVText.cell)
                let last = ["\(image.iterations)", CSVText.cell(image.seconds)]
                text += (cells + last).joined(separator: ",") + "\n"
            }
        }
        return text
    }
}
