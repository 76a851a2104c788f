/// The right to be the only training in a folder, for as long as this lives.
final class TrainingLock {
    private let lock: FolderLock

    /// Takes the right to train in `folder`, which is made where it is missing.
    ///
    /// - Throws: `SessionError` when another process has it, or `ArrayError` when nothing can be
    ///   written there.
    init(_ folder: TrainingFolder) throws {
        guard let lock = try FolderLock(folder.path) else {
            throw SessionError(.isRunning, folder: folder.path)
        }
        self.lock = lock
    }
}
