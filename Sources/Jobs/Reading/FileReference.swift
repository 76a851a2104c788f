/// A file that a job names.
package struct FileReference: Equatable, Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// A picture to be read: PNG, JPEG or NPY.
        case picture
        /// Every picture that fits a pattern.
        case pictures
        /// An NPY file with a matrix or kernel.
        case array
        /// An IDX file.
        case dataset
        /// The folder of a model, or its name.
        case model
    }

    package let kind: Kind
    /// As the job has it.
    package let path: String

    package init(_ kind: Kind, _ path: String) {
        self.kind = kind
        self.path = path
    }

    /// By bytes: names that look the same may be two.
    package static func == (one: FileReference, other: FileReference) -> Bool {
        one.kind == other.kind && one.path.utf8.elementsEqual(other.path.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(Array(path.utf8))
    }
}
