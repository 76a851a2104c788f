/// A file read from front to back, inflated on the way when it is gzipped.
///
/// Gzip is recognised by its magic, not by the file's name; several members follow each other
/// as one text, as gzip has it.
package final class ByteStream {
    package let file: InputFile
    package let isCompressed: Bool
    /// How many bytes have been read, after inflating.
    package private(set) var position = 0
    private let inflater: Inflater?
    /// Where the next byte of the file is that is not in `pending`.
    private var fileOffset = 0
    private var pending: ArraySlice<UInt8> = []
    private var isInsideMember = false

    private static let chunkSize = 1 << 16

    /// Begins at the front of `file`.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package init(_ file: InputFile) throws(ArrayError) {
        self.file = file
        isCompressed = try file.bytes(at: 0, count: min(2, file.size)) == [0x1F, 0x8B]
        inflater = isCompressed ? try Inflater(.gzip, context: file.path) : nil
    }

    /// Fills `buffer` and returns how many bytes there were before the end.
    ///
    /// - Throws: `ArrayError` when the system fails or the compressed data are not valid.
    package func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(ArrayError) -> Int {
        var count = 0
        if let inflater {
            while count < buffer.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
                guard let step = try step(inflater, into: rest) else { break }
                count += step
            }
        } else {
            count = try file.read(at: fileOffset, into: buffer)
            fileOffset += count
        }
        position += count
        return count
    }

    /// The next `count` bytes, or fewer at the end.
    ///
    /// - Throws: `ArrayError` when the system fails or the compressed data are not valid.
    package func bytes(upTo count: Int) throws(ArrayError) -> [UInt8] {
        var failure: ArrayError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(ArrayError) {
                initialized = try read(into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Passes over `count` bytes, which may lie beyond the end.
    ///
    /// - Throws: `ArrayError` when the compressed data on the way are not valid.
    package func skip(_ count: Int) throws(ArrayError) {
        guard isCompressed else {
            // A jump beyond the end reads nothing there.
            let target = min(count, file.size - min(fileOffset, file.size))
            fileOffset += target
            position += target
            return
        }
        var rest = count
        while rest > 0 {
            let passed = try bytes(upTo: min(rest, Self.chunkSize)).count
            guard passed > 0 else { return }
            rest -= passed
        }
    }

    /// Inflates something into `output` and returns its size; nil at the end of the text.
    private func step(
        _ inflater: Inflater, into output: UnsafeMutableRawBufferPointer
    ) throws(ArrayError) -> Int? {
        while true {
            if pending.isEmpty, fileOffset < file.size {
                let count = min(Self.chunkSize, file.size - fileOffset)
                pending = try file.bytes(at: fileOffset, count: count)[...]
                fileOffset += count
            }
            if pending.isEmpty {
                guard !isInsideMember else {
                    throw ArrayError(.malformed("the compressed data end early"), in: file.path)
                }
                return nil
            }
            isInsideMember = true
            let result = pending.withUnsafeBytes { input in
                Result { () throws(ArrayError) in try inflater.step(input, into: output) }
            }
            let step = try result.get()
            pending = pending.dropFirst(step.consumed)
            if step.isEnd {
                isInsideMember = false
                try inflater.reset()
            }
            if step.produced > 0 { return step.produced }
        }
    }
}
