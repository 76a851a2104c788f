import Daemon
import Testing

@Suite struct IdentifierSeriesTests {
    @Test func `later jobs have greater identifiers, within a second and after it`() {
        let series = IdentifierSeries()
        let all = (0..<3000).map { series.next(at: 1000 + Double($0) / 1000) }
        #expect(all == all.sorted() && Set(all).count == 3000)
    }
}
