extension Bijection {
    package func traceEncode(_ z: Traced) throws -> Traced {
        try z.traced(
            back: { try decode($0).value }, forth: { try encode($0).value })
    }

    package func traceDecode(_ x: Traced) throws -> Traced {
        try x.traced(
            back: { try encode($0).value }, forth: { try decode($0).value })
    }
}

extension Chain {
    package func traceEncode(_ z: Traced) throws -> Traced {
        try parts.reversed().reduce(z) { try $1.traceEncode($0) }
    }

    package func traceDecode(_ x: Traced) throws -> Traced {
        try parts.reduce(x) { try $1.traceDecode($0) }
    }
}

extension GlowStep {
    package func traceEncode(_ z: Traced) throws -> Traced { try chain.traceEncode(z) }

    package func traceDecode(_ x: Traced) throws -> Traced { try chain.traceDecode(x) }
}
