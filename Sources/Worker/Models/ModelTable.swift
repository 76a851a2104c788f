import Foundation

/// Installed models as a table for people; what is wrong with the broken ones stands below.
package struct ModelTable {
    package let text: String

    package init(_ listings: [ModelListing]) {
        let heading = [
            "NAME", "ARCHITECTURE", "PICTURE", "BITS", "QUALITY", "PARAMETERS", "MB", "FOLDER",
        ]
        let rows = [heading] + listings.map(Self.row)
        let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let cells = zip(row, widths).enumerated().map { index, cell in
                Self.padded(cell.0, to: cell.1, isNumber: (3...6).contains(index))
            }
            return cells.joined(separator: "  ").trimmingSuffix(" ")
        }
        let errors = listings.compactMap { listing in
            listing.error.map { "\(listing.name) cannot be used: \($0)" }
        }
        text = (lines + errors).map(Self.plain).joined(separator: "\n")
    }

    private static func row(_ listing: ModelListing) -> [String] {
        guard let facts = listing.facts else {
            return [listing.name, "broken", "-", "-", "-", "-", "-", listing.folder]
        }
        return [
            listing.name, facts.architecture, PictureWords.size(facts.imageShape),
            "\(facts.bits)", quality(facts), "\(facts.parameters)",
            String(format: "%.1f", Double(facts.bytes) / 1e6), listing.folder,
        ]
    }

    /// What a flow or a generator is judged by, and nothing for the models of other programs.
    private static func quality(_ facts: ModelListing.Facts) -> String {
        if let bits = facts.bitsPerDimension { return String(format: "%.3f bits/dim", bits) }
        if let decibels = facts.reconstructionPSNR { return String(format: "%.2f dB", decibels) }
        return "-"
    }

    /// Folders have any name: no control character of one reaches the terminal.
    private static func plain(_ text: String) -> String {
        String(text.map { $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 })
    }

    private static func padded(_ text: String, to width: Int, isNumber: Bool) -> String {
        let padding = String(repeating: " ", count: width - text.count)
        return isNumber ? padding + text : text + padding
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        var text = self
        while text.last == character { text.removeLast() }
        return text
    }
}
