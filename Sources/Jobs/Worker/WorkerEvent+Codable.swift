extension WorkerEvent: Codable {
    private enum Kind: String, Codable {
        case ready, probed, started, progress, log, finished, failed
    }

    private enum Key: CodingKey {
        case type
    }

    package init(from decoder: any Decoder) throws {
        let kind = try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .type)
        switch kind {
        case .ready: self = .ready(try Ready(from: decoder))
        case .probed: self = .probed(try Probed(from: decoder))
        case .started: self = .started(try Started(from: decoder))
        case .progress: self = .progress(try Progress(from: decoder))
        case .log: self = .log(try Log(from: decoder))
        case .finished: self = .finished(try Finished(from: decoder))
        case .failed: self = .failed(try Failed(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .type)
        switch self {
        case .ready(let event): try event.encode(to: encoder)
        case .probed(let event): try event.encode(to: encoder)
        case .started(let event): try event.encode(to: encoder)
        case .progress(let event): try event.encode(to: encoder)
        case .log(let event): try event.encode(to: encoder)
        case .finished(let event): try event.encode(to: encoder)
        case .failed(let event): try event.encode(to: encoder)
        }
    }

    private var kind: Kind {
        switch self {
        case .ready: .ready
        case .probed: .probed
        case .started: .started
        case .progress: .progress
        case .log: .log
        case .finished: .finished
        case .failed: .failed
        }
    }
}
