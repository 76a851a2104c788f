import Arrays
import FoundationEssentials

extension ExperimentReport {
    private static let heading =
        "set,setting,amount,method,variant,number,picture,psnr,ssim,psnr_input,psnr_covered,"
        + "psnr_input_covered,objective,iterations,seconds\n"

    /// The text of `results.csv`: a heading, then a line for every picture, method and setting.
    ///
    /// Numbers that are not known or not finite are empty cells. Texts are quoted as RFC 4180 has it
    /// where they hold a comma, a quote or a line end.
    package func csv() -> String {
        rows.reduce(into: Self.heading) { text, row in
            let cells: [String] = [
                CSVText.cell(sets[row.set].name),
                CSVText.cell(row.sweep.map { sweeps[$0].setting } ?? ""),
                CSVText.cell(row.amount), CSVText.cell(methods[row.method].name),
                CSVText.cell(row.variant), "\(row.number)", CSVText.cell(row.picture),
                CSVText.cell(row.score.psnr), CSVText.cell(row.score.ssim),
                CSVText.cell(row.score.psnrInput), CSVText.cell(row.score.psnrCovered),
                CSVText.cell(row.score.psnrInputCovered), CSVText.cell(row.objective),
                "\(row.iterations)", CSVText.cell(row.seconds),
            ]
            text += cells.joined(separator: ",") + "\n"
        }
    }

    /// The text of `summary.json`: means with their standard errors, and what failed.
    package func summaryJSON() -> String {
        JSONValue([
            "version": JSONValue(1), "experiment": .string(name), "title": .string(title),
            "started": .string(run.started.formatted(.iso8601)),
            "finished": .string(run.finished.formatted(.iso8601)),
            "seconds": JSONValue(run.seconds), "device": .string(run.device),
            "threads": JSONValue(run.threads), "seconds_of_all": JSONValue(secondsOfAll),
            "computed_with": computing,
            "software": .object(
                run.software.map { .init(name: $0.name, value: .string($0.version)) }),
            "limit": limit.map { JSONValue($0) } ?? .null,
            "models": .array(
                models.map {
                    .object([
                        .init(name: "name", value: .string($0.name)),
                        .init(name: "sha256", value: .string($0.sha256)),
                    ])
                }),
            "results": .array(panels.flatMap { points(set: $0.set, sweep: $0.sweep) }.map(json)),
            "failures": .array(failures.map(json)), "settings": settings,
        ]).text
    }

    private func json(_ point: ExperimentPoint) -> JSONValue {
        .object(
            place(point.set, point.method, point.sweep, point.amount, point.variant) + [
                .init(name: "pictures", value: JSONValue(point.psnr.count)),
                .init(name: "psnr", value: JSONValue(point.psnr.mean)),
                .init(name: "psnr_error", value: JSONValue(point.psnr.standardError)),
                .init(name: "ssim", value: JSONValue(point.ssim?.mean)),
                .init(name: "ssim_error", value: JSONValue(point.ssim?.standardError)),
                .init(name: "psnr_input", value: JSONValue(point.psnrInput?.mean)),
                .init(name: "psnr_covered", value: JSONValue(point.psnrCovered?.mean)),
                .init(
                    name: "psnr_covered_error", value: JSONValue(point.psnrCovered?.standardError)),
                .init(name: "psnr_input_covered", value: JSONValue(point.psnrInputCovered?.mean)),
                .init(name: "seconds_per_picture", value: JSONValue(point.secondsPerPicture)),
                .init(name: "seconds_per_iteration", value: JSONValue(point.secondsPerIteration)),
            ])
    }

    private func json(_ failure: Failure) -> JSONValue {
        .object(
            place(failure.set, failure.method, failure.sweep, failure.amount, failure.variant)
                + [.init(name: "reason", value: .string(failure.reason))])
    }

    private func place(
        _ set: Int, _ method: Int, _ sweep: Int?, _ amount: Double?, _ variant: Double?
    ) -> [JSONValue.Member] {
        [
            .init(name: "set", value: .string(sets[set].name)),
            .init(name: "method", value: .string(methods[method].name)),
            .init(
                name: "setting", value: sweep.map { .string(sweeps[$0].setting) } ?? .null),
            .init(name: "amount", value: JSONValue(amount)),
            .init(name: "variant", value: JSONValue(variant)),
        ]
    }
}
