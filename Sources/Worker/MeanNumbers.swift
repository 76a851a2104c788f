import Foundation
package import Reports

/// What a job gave, on one line.
package struct MeanNumbers {
    package let text: String

    package init(_ report: Report) {
        let count = report.images.count
        let start =
            "\(count) \(count == 1 ? "picture" : "pictures") in \(Self.short(report.run.seconds)) s"
        guard let mean = report.mean else {
            text = start
            return
        }
        let input = mean.psnrInput.map { " (input \(Self.decimals($0, 2)) dB)" } ?? ""
        let covered = mean.psnrCovered.map { ", covered \(Self.decimals($0, 2)) dB" } ?? ""
        text =
            "\(start): PSNR \(Self.decimals(mean.psnr, 2)) dB\(input)\(covered), "
            + "SSIM \(Self.decimals(mean.ssim, 3))"
    }

    private static func short(_ seconds: Double) -> String {
        decimals(seconds, seconds < 100 ? 1 : 0)
    }

    private static func decimals(_ number: Double, _ count: Int) -> String {
        String(format: "%.\(count)f", number)
    }
}
