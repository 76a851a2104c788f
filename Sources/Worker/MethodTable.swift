import Foundation
package import Reports

/// The methods of a job side by side, in plain text: a line each.
package struct MethodTable {
    package let text: String

    package init(_ report: Report) {
        var rows = [["method", "PSNR", "SSIM", "a picture"]]
        for method in report.comparison {
            guard method.failure == nil else {
                rows.append([method.title, "failed"])
                continue
            }
            rows.append([
                method.title, Self.decimals(method.mean?.psnr, 2, " dB"),
                Self.decimals(method.mean?.ssim, 3),
                Self.duration(method.secondsPerPicture),
            ])
        }
        text = Self.aligned(rows)
    }

    /// Columns of equal width, the first to the left and the others to the right.
    private static func aligned(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.compactMap { column < $0.count ? $0[column].count : nil }.max() ?? 0
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + space : space + cell
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// Fast methods take some milliseconds, and their numbers are compared too.
    private static func duration(_ seconds: Double?) -> String {
        guard let seconds, seconds < 1 else { return decimals(seconds, 1, " s") }
        return decimals(seconds * 1000, seconds < 0.01 ? 1 : 0, " ms")
    }

    private static func decimals(_ number: Double?, _ count: Int, _ unit: String = "") -> String {
        number.map { String(format: "%.\(count)f", $0) + unit } ?? "\u{2013}"
    }
}
