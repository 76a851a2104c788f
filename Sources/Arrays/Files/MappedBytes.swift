import Glibc

/// The bytes of a memory-mapped file.
///
/// A file that another program cuts while it is mapped ends the process when the missing part
/// is touched; so only data sets, which are replaced by renaming and never cut, are mapped.
// Sendable: the memory is read-only and lives until the last owner is gone.
package final class MappedBytes: @unchecked Sendable {
    private let buffer: UnsafeRawBufferPointer

    /// No bytes at all.
    init() { buffer = UnsafeRawBufferPointer(start: nil, count: 0) }

    init(_ buffer: UnsafeRawBufferPointer) { self.buffer = buffer }

    deinit {
        guard let base = buffer.baseAddress else { return }
        munmap(UnsafeMutableRawPointer(mutating: base), buffer.count)
    }

    package var count: Int { buffer.count }

    /// Calls `body` with the bytes of `range`, which must lie inside.
    package func withBytes<Result>(
        in range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        body(UnsafeRawBufferPointer(rebasing: buffer[range]))
    }
}
