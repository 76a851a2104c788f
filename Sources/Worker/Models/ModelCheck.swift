package import Arrays
import Foundation

/// What one check of a model has found.
package struct ModelCheck: Equatable, Sendable {
    package enum Outcome: String, Sendable {
        case passed, failed
        /// The check cannot be made for this model.
        case skipped
    }

    /// What was checked.
    package let name: String
    package let outcome: Outcome
    /// The figure, where the check has one.
    package let value: Double?
    /// What the figure may be at most.
    package let limit: Double?
    /// What was found, in words.
    package let detail: String

    private init(
        _ name: String, _ outcome: Outcome, value: Double? = nil, limit: Double? = nil,
        _ detail: String
    ) {
        self.name = name
        self.outcome = outcome
        self.value = value
        self.limit = limit
        self.detail = detail
    }

    /// A check that passes when `value` is a number up to `limit`; `meaning` says of what.
    static func measured(
        _ name: String, _ value: Double, limit: Double, _ meaning: String
    ) -> ModelCheck {
        ModelCheck(
            name, value <= limit ? .passed : .failed, value: value, limit: limit,
            "\(meaning): \(text(value)) (at most \(text(limit)))")
    }

    /// A check without a figure that has passed.
    static func passed(_ name: String, _ detail: String) -> ModelCheck {
        ModelCheck(name, .passed, detail)
    }

    /// A check without a figure that has failed.
    static func failed(_ name: String, _ detail: String) -> ModelCheck {
        ModelCheck(name, .failed, detail)
    }

    /// A check that cannot be made.
    static func skipped(_ name: String, _ why: String) -> ModelCheck {
        ModelCheck(name, .skipped, why)
    }

    /// The check on one line.
    package var text: String {
        let mark =
            switch outcome {
            case .passed: "ok     "
            case .failed: "FAILS  "
            case .skipped: "skipped"
            }
        let padding = String(repeating: " ", count: max(2, 28 - name.count))
        return "\(mark)  \(name)\(padding)\(detail)"
    }

    /// The check as a program reads it.
    package var json: JSONValue {
        JSONValue([
            "check": .string(name), "outcome": .string(outcome.rawValue),
            "value": JSONValue(value), "limit": JSONValue(limit), "detail": .string(detail),
        ])
    }

    /// With two digits.
    static func text(_ number: Double) -> String { String(format: "%.2g", number) }
}
