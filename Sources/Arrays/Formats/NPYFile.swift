/// One array in NumPy's NPY format, versions 1.0 to 3.0.
///
/// <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>
package struct NPYFile: Equatable, Sendable {
    /// What to do with a file of complex numbers.
    package enum ComplexNumbers: Sendable { case refused, accepted }

    package let array: HostArray

    package init(_ array: HostArray) {
        self.array = array
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: `ArrayError` when it cannot be read, is not valid, or holds anything but
    ///   numbers and truth values.
    package init(
        reading path: String, complexNumbers: ComplexNumbers = .refused
    ) throws(ArrayError) {
        let file = try InputFile(path)
        let start = try file.bytes(at: 0, count: min(file.size, NPYHeader.maximumByteCount))
        let header = try NPYHeader(start, context: path)
        let offset = header.byteCount
        try self.init(header, size: file.size - offset, path, complexNumbers) {
            () throws(ArrayError) in
            try file.bytes(at: offset, count: file.size - offset)
        }
    }

    /// Reads `bytes`, the content of a file that errors call `context`.
    ///
    /// - Throws: `ArrayError` when they are not valid or hold anything but numbers and truth
    ///   values.
    package init(
        parsing bytes: [UInt8], context: String, complexNumbers: ComplexNumbers = .refused
    ) throws(ArrayError) {
        let header = try NPYHeader(bytes, context: context)
        let size = bytes.count - header.byteCount
        try self.init(header, size: size, context, complexNumbers) { Array(bytes.suffix(size)) }
    }

    /// Reads the elements, of which there are `size` bytes, when they are what `header` says.
    private init(
        _ header: NPYHeader, size: Int, _ context: String, _ complexNumbers: ComplexNumbers,
        elements: () throws(ArrayError) -> [UInt8]
    ) throws(ArrayError) {
        let type = header.elementType
        if type == .complex64, complexNumbers == .refused {
            throw ArrayError(.unsupported("holds complex numbers"), in: context)
        }
        let expected = try HostArray.byteCount(of: header.shape, type, in: context)
        guard size == expected else {
            throw ArrayError(.wrongSize(expected: expected, found: size), in: context)
        }
        var bytes = try elements()
        if header.isBigEndian { bytes = bytes.withSwappedBytes(in: type) }
        if header.isFortranOrder {
            bytes = bytes.inRowMajorOrder(header.shape, elementSize: type.byteCount)
        }
        array = try HostArray(
            shape: header.shape, elementType: type, bytes: bytes, context: context)
    }

    /// The bytes of the file: version 1.0, little-endian, row-major.
    ///
    /// - Throws: `ArrayError` for bfloat16, which the format does not know.
    package func serialized() throws(ArrayError) -> [UInt8] {
        try NPYHeader.bytes(for: array) + array.bytes
    }

    /// Writes the file to `path`, whole or not at all.
    ///
    /// - Throws: `ArrayError` when the system fails, and for bfloat16, which the format does
    ///   not know.
    package func write(to path: String) throws(ArrayError) {
        let header = try NPYHeader.bytes(for: array)
        let file = try OutputFile(path)
        try file.append(header)
        try file.append(array.bytes)
        try file.publish()
    }
}
