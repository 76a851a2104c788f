import Programs

/// How much memory this process has in use, in bytes.
enum BenchMemory {
    /// - Throws: `BenchError` when the system does not say.
    static func now() throws -> Int { try known(ResidentMemory.now) }

    /// The most so far.
    ///
    /// - Throws: `BenchError` when the system does not say.
    static func peak() throws -> Int { try known(ResidentMemory.peak) }

    private static func known(_ figure: Int?) throws -> Int {
        guard let figure else { throw BenchError(reason: .noMemoryFigure, context: "memory") }
        return figure
    }
}
