/// Somewhere that pictures come from, always in the same order.
package protocol PictureSource: Sendable {
    /// What the user called it.
    var path: String { get }
    var kind: SourceKind { get }

    /// The names of all pictures.
    ///
    /// - Throws: `DatasetError` when the source cannot be read.
    func names() throws(DatasetError) -> [String]

    /// Begins to read the pictures, in the order of `names`.
    ///
    /// - Throws: `DatasetError` when the source cannot be read.
    func reader() throws(DatasetError) -> any PictureReader

    /// The SHA-256 of a file; of a folder, that of the list that `sha256sum` prints for its
    /// pictures.
    ///
    /// - Throws: `DatasetError` when the source cannot be read.
    func digest() throws(DatasetError) -> String
}

/// Hands out the pictures of a source one after another.
package protocol PictureReader: AnyObject {
    /// Goes to the next picture and returns its name, or nil after the last.
    ///
    /// - Throws: `DatasetError` when the source is damaged.
    func next() throws(DatasetError) -> String?

    /// The picture that `next` went to; at most once.
    ///
    /// - Throws: `DatasetError` when it cannot be read.
    func content() throws(DatasetError) -> PictureContent
}

/// The kinds of sources, as they are called in a manifest.
package enum SourceKind: String, Sendable, Codable, CaseIterable {
    case folder, tar, idx, npy, picture
}
