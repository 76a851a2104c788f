import Images
import Reports
import Testing

@Suite struct TraceCSVTests {
    /// The rows of `text`, read as RFC 4180 has it.
    private func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = [[""]]
        var isQuoted = false
        for scalar in text.unicodeScalars {
            switch (scalar, isQuoted) {
            case ("\"", _): isQuoted.toggle()
            case (",", false): rows[rows.count - 1].append("")
            case ("\n", false): rows.append([""])
            default:
                let cell = rows[rows.count - 1].count - 1
                rows[rows.count - 1][cell].unicodeScalars.append(scalar)
            }
        }
        return rows.dropLast()
    }

    @Test func `there is a line for every iteration of every picture`() throws {
        let rows = rows(try SampleReport.make(pictures: 4).traceCSV())
        #expect(
            rows[0] == [
                "image", "iteration", "objective", "data_term", "prior_term", "psnr", "seconds",
            ])
        #expect(rows.count == 1 + 5 + 6 + 7 + 8)
        #expect(rows.allSatisfy { $0.count == 7 })
        #expect(rows[2] == ["job-0.png", "1", "99.0", "59.0", "40.0", "26.0", "0.125"])
    }

    @Test func `a name with a comma, a line end and a quote stays one cell`() throws {
        let name = "a,b\n\"c\""
        let rows = rows(try SampleReport.make(pictures: 1, name: name).traceCSV())
        // Two quotes within a quoted cell stand for one, which the reader above leaves out.
        #expect(rows.count == 6)
        #expect(rows[1][0] == "a,b\nc-0.png")
        #expect(rows.allSatisfy { $0.count == 7 })
        let text = try SampleReport.make(pictures: 1, name: name).traceCSV()
        #expect(text.contains("\"a,b\n\"\"c\"\"-0.png\",0,"))
    }

    @Test func `what is not known or not finite is an empty cell`() throws {
        let unknown = rows(try SampleReport.make(pictures: 1, hasTruth: false).traceCSV())
        #expect(unknown.dropFirst().allSatisfy { $0[5].isEmpty })
        let infinite = rows(try SampleReport.make(pictures: 1, psnr: .infinity).traceCSV())
        #expect(infinite.dropFirst().allSatisfy { $0[5].isEmpty && !$0[4].isEmpty })
    }
}
