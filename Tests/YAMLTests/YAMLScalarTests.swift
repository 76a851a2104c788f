import Testing
import YAML

@Suite struct YAMLScalarTests {
    @Test(arguments: ["yes", "no", "on", "off", "Y", "n", "tRUE"])
    func `a word of YAML 1·1 for truth is a text`(_ text: String) {
        let scalar = YAMLScalar(text, isPlain: true)
        #expect(scalar.boolean == nil)
        #expect(scalar.string == text)
    }

    @Test func `true and false are truth values and no texts`() {
        #expect(YAMLScalar("true", isPlain: true).boolean == true)
        #expect(YAMLScalar("False", isPlain: true).boolean == false)
        #expect(YAMLScalar("true", isPlain: true).string == nil)
        #expect(YAMLScalar("true", isPlain: false).string == "true")
        #expect(YAMLScalar("true", isPlain: false).boolean == nil)
    }

    @Test(arguments: [("0", 0), ("-3", -3), ("+7", 7), ("9223372036854775807", Int.max)])
    func `a whole number is read`(_ text: String, _ value: Int) {
        #expect(YAMLScalar(text, isPlain: true).integer(as: Int.self) == value)
    }

    @Test(arguments: ["010", "0x10", "0o17", "1_000", "1.0", "1e3", "", "-", "9223372036854775808"])
    func `what only looks like a whole number is none`(_ text: String) {
        #expect(YAMLScalar(text, isPlain: true).integer(as: Int.self) == nil)
    }

    @Test(
        arguments: [
            ("0.5", 0.5), (".5", 0.5), ("5.", 5), ("-1e-3", -0.001), ("2E+2", 200), ("16", 16),
        ])
    func `a number is read`(_ text: String, _ value: Double) {
        #expect(YAMLScalar(text, isPlain: true).number == value)
    }

    @Test(arguments: [
        ".inf", "-.Inf", ".nan", "nan", "1e999", "00.5", "0x1p3", ".", "1e", "e5", "1 2",
    ])
    func `what is no finite decimal number is refused`(_ text: String) {
        #expect(YAMLScalar(text, isPlain: true).number == nil)
    }

    @Test(arguments: ["", "~", "null", "Null", "NULL"])
    func `nothing is null, and a text in quotes`(_ text: String) {
        #expect(YAMLScalar(text, isPlain: true).isNull)
        #expect(YAMLScalar(text, isPlain: true).string == nil)
        #expect(!YAMLScalar(text, isPlain: false).isNull)
    }

    @Test func `a number in quotes is a text`() {
        let scalar = YAMLScalar("5", isPlain: false)
        #expect(scalar.number == nil)
        #expect(scalar.integer(as: Int.self) == nil)
        #expect(scalar.string == "5")
    }
}
