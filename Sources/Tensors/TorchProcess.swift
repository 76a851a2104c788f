import CTorch
import Glibc

/// Settings of libtorch that hold for the whole process; for programs only.
package enum TorchProcess {
    /// The number of threads that one operation may use.
    ///
    /// - Throws: `TorchError` when the number is not positive.
    package static func useThreads(_ count: Int) throws(TorchError) {
        try check("useThreads", [], ct_set_threads(Int32(clamping: count)))
    }

    /// The number of threads that one operation may use now.
    ///
    /// - Throws: `TorchError` when libtorch cannot tell.
    package static func threads() throws(TorchError) -> Int {
        var count: Int32 = 0
        try check("threads", [], ct_threads(&count))
        return Int(count)
    }

    /// Runs `body` with one thread for every operation, and then goes on as before.
    ///
    /// For many small operations: threads that are woken for each of them gain nothing, and on
    /// cores that are shared with other programs wait for their turn every time.
    ///
    /// - Throws: what `body` throws, or `TorchError`.
    package static func withOneThread<Result>(_ body: () throws -> Result) throws -> Result {
        try withThreads(1, body)
    }

    /// Runs `body` with `count` threads for every operation, and then goes on as before.
    ///
    /// - Throws: what `body` throws, or `TorchError` when the number is not positive.
    package static func withThreads<Result>(
        _ count: Int, _ body: () throws -> Result
    ) throws -> Result {
        let before = try threads()
        guard count != before else { return try body() }
        try useThreads(count)
        let result = Swift.Result { try body() }
        try useThreads(before)
        return try result.get()
    }

    /// The version of libtorch.
    ///
    /// - Throws: `TorchError` when libtorch cannot tell.
    package static func version() throws(TorchError) -> String {
        var buffer = [CChar](repeating: 0, count: 64)
        try check("version", [], ct_version(&buffer, buffer.count))
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    }

    /// Makes operations give the same bits twice, where that costs speed.
    ///
    /// - Throws: `TorchError` when libtorch refuses.
    package static func useDeterministicAlgorithms(_ isEnabled: Bool) throws(TorchError) {
        try check("useDeterministicAlgorithms", [], ct_set_deterministic(isEnabled))
    }

    /// Treats numbers too small for full precision as 0, which is much faster on CPUs.
    ///
    /// - Throws: `TorchError` when the processor cannot.
    package static func flushDenormals(_ isEnabled: Bool) throws(TorchError) {
        try check("flushDenormals", [], ct_set_flush_denormal(isEnabled))
    }
}
