import Arrays

/// What was found out about the noise of one picture.
package enum FoundNoise: Equatable, Sendable {
    /// Where a picture of the noise's model lies.
    package struct Place: Equatable, Sendable {
        package let row: Int
        package let column: Int
        /// Nil for all channels.
        package let channel: Int?

        package init(row: Int, column: Int, channel: Int?) {
            self.row = row
            self.column = column
            self.channel = channel
        }
    }

    /// Its standard deviation.
    case deviation(Double)
    /// How strong it is, where its shape is known.
    case amplitude(Double)
    case places([Place])

    /// As it stands in `result.json`.
    var json: JSONValue {
        switch self {
        case .deviation(let std): JSONValue(["std": JSONValue(std)])
        case .amplitude(let amplitude): JSONValue(["amplitude": JSONValue(amplitude)])
        case .places(let places): JSONValue(["placement": .array(places.map(\.json))])
        }
    }

    /// In words.
    var text: String {
        switch self {
        case .deviation(let std): "noise of standard deviation \(std.significant(3)) found"
        case .amplitude(let amplitude): "noise of amplitude \(amplitude.significant(3)) found"
        case .places(let places):
            "noise found at " + places.map(\.text).joined(separator: "; ")
        }
    }
}

extension FoundNoise.Place {
    fileprivate var json: JSONValue {
        let place: [JSONValue.Member] = [
            .init(name: "row", value: JSONValue(row)),
            .init(name: "column", value: JSONValue(column)),
        ]
        let member = channel.map { JSONValue.Member(name: "channel", value: JSONValue($0)) }
        return .object(place + (member.map { [$0] } ?? []))
    }

    fileprivate var text: String {
        "row \(row), column \(column)" + (channel.map { ", channel \($0)" } ?? "")
    }
}
