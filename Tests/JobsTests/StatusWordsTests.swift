import Jobs
import Testing

@Suite struct StatusWordsTests {
    private func words(
        iteration: Int = 1, of pictures: Int = 3, rate: Double? = nil, left: Double? = nil
    ) -> String {
        StatusDocument.Progress(
            WorkerEvent.Progress(
                request: 1, picture: "p", done: 0, of: pictures, iteration: iteration,
                iterations: 2, rate: rate, secondsLeft: left)
        ).words
    }

    @Test func `progress is told with rate and time left, where they are known`() {
        #expect(words() == "16 %, 0 of 3 pictures")
        #expect(words(of: 1) == "50 %, 0 of 1 picture")
        #expect(
            words(rate: 9.04, left: 12.4) == "16 %, 0 of 3 pictures, 9.0 iterations/s, 12 s left")
        #expect(
            words(rate: 123.6, left: 130) == "16 %, 0 of 3 pictures, 124 iterations/s, 2 min left")
        #expect(words(left: 8000).hasSuffix("2 h left"))
    }

    @Test func `absurd numbers of a file are told, not fatal`() {
        #expect(words(iteration: .max / 2, rate: -1, left: -5).hasPrefix("100 %"))
        #expect(words(rate: 1e300, left: 1e300).contains("1e+300 iterations/s"))
    }

    @Test func `numbers have the digits that are asked for`() {
        let found = [(2.5, 1), (30.5, 2), (-0.04, 1), (-1.26, 1), (7.6, 0), (.nan, 1)]
            .map { (number: Double, digits: Int) in number.fixed(digits) }
        #expect(found == ["2.5", "30.50", "0.0", "-1.3", "8", "nan"])
    }
}
