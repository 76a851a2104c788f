import Daemon
import Foundation
import Testing

@Suite struct ResultSummaryTests {
    private func summary(_ text: String) throws -> ResultSummary {
        try JSONDecoder().decode(ResultSummary.self, from: Data(text.utf8))
    }

    @Test func `the warnings of pictures are told in a line`() throws {
        let words = try summary(
            """
            {"images": [{"name": "a.png", "warnings": []},
            {"name": "b.png", "warnings": ["odd", "noisy"]}], "warnings": []}
            """
        ).words
        #expect(words == "2 pictures, 2 warnings: b.png: odd")
    }

    @Test func `a result without warnings tells none`() throws {
        #expect(try summary(#"{"images": [{"name": "a.png"}]}"#).words == "1 picture")
    }
}
