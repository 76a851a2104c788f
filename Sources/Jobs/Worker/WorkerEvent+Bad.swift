extension WorkerEvent.Probed.Bad: Codable {
    private enum Key: CodingKey {
        case picture, reason, fault
    }

    /// Reads one; without a fault it is damaged.
    ///
    /// - Throws: `DecodingError`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            picture: try container.decode(String.self, forKey: .picture),
            reason: try container.decode(String.self, forKey: .reason),
            fault: try container.decodeIfPresent(Fault.self, forKey: .fault) ?? .damaged)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(picture, forKey: .picture)
        try container.encode(reason, forKey: .reason)
        try container.encode(fault, forKey: .fault)
    }
}
