package import Arrays

/// Writes an IDX file item by item; it appears whole, or not at all.
///
/// A name that ends in `.gz` makes it gzipped. Blocks can be prepared on any thread, which is
/// where the time for compressing goes.
package final class IDXWriter {
    /// Some items, ready to be appended.
    package struct Block: Sendable {
        let count: Int
        let content: Content
        enum Content: Sendable {
            case plain([UInt8])
            case deflated(DeflatedPiece)
        }
    }

    /// What all items of a file have in common.
    package struct Layout: Sendable {
        package let itemShape: [Int]
        package let isCompressed: Bool

        /// Items of `itemShape`, for a file called `path`.
        package init(itemShape: [Int], path: String) {
            self.itemShape = itemShape
            isCompressed = path.hasSuffix(".gz")
        }

        /// The items whose bytes follow each other in `bytes`.
        ///
        /// - Throws: `ArrayError` when there is no memory for compressing.
        package func block(_ bytes: [UInt8]) throws(ArrayError) -> Block {
            let size = itemShape.reduce(1, *)
            precondition(bytes.count % size == 0, "items of \(itemShape) in \(bytes.count) bytes")
            let content: Block.Content =
                isCompressed
                ? .deflated(try DeflatedPiece(deflating: bytes)) : .plain(bytes)
            return Block(count: bytes.count / size, content: content)
        }
    }

    package let layout: Layout
    /// The number of items so far.
    package private(set) var count = 0
    private let output: OutputFile
    private let gzip: GzipFile?
    private var isComplete = false

    /// Begins the file `path`.
    ///
    /// - Throws: `ArrayError` when nothing can be created there.
    package init(path: String, itemShape: [Int]) throws(ArrayError) {
        layout = Layout(itemShape: itemShape, path: path)
        output = try OutputFile(path)
        let header = IDXHeader(shape: [0] + itemShape)
        if layout.isCompressed {
            gzip = try GzipFile(output, headCount: header.byteCount)
        } else {
            gzip = nil
            try output.append(header.bytes)
        }
    }

    /// Appends the items of `block`, which was made by the layout of this file.
    ///
    /// - Throws: `ArrayError` when the system fails or there are too many items for the format.
    package func append(_ block: Block) throws(ArrayError) {
        guard count + block.count <= UInt32.max else {
            throw ArrayError(.unsupported("IDX files hold fewer than 2^32 items"), in: output.path)
        }
        switch block.content {
        case .plain(let bytes): try output.append(bytes)
        case .deflated(let piece): try gzip?.append(piece)
        }
        count += block.count
    }

    /// Completes the file and returns its size and SHA-256; what is left is `publish`.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package func finish() throws(ArrayError) -> (byteCount: Int, sha256: String) {
        try complete()
        return (output.count, try output.digest())
    }

    /// Gives the file its name, and completes it first if that was not done.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package func publish() throws(ArrayError) {
        try complete()
        try output.publish()
    }

    private func complete() throws(ArrayError) {
        guard !isComplete else { return }
        let header = IDXHeader(shape: [count] + layout.itemShape)
        if let gzip {
            try gzip.finish(head: header.bytes)
        } else {
            try output.overwrite(header.bytes, at: 0)
        }
        isComplete = true
    }
}
