/// Which pictures a job is about.
///
/// Paths are relative to the folder of the job file.
package enum ImagesSpec: Equatable, Sendable {
    /// Pictures by name, taken literally.
    case files([String])
    /// Every picture of one folder whose name fits a pattern, in the order of their names.
    case glob(Glob)
    /// Pictures of an IDX file.
    case idx(IDXImages)
}

/// Pictures of an IDX file.
package struct IDXImages: Equatable, Sendable {
    /// Which pictures of the file are taken.
    package enum Selection: Equatable, Sendable {
        case all
        /// These, counted from 0, in this order.
        case indices([Int])
        /// So many, drawn without replacement as NumPy's legacy generator does.
        case sample(count: Int, seed: UInt64)
    }

    /// The IDX file.
    package var path: String
    package var selection: Selection

    package init(path: String, selection: Selection = .all) {
        self.path = path
        self.selection = selection
    }
}
