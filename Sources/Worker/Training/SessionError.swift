/// Why a training cannot begin where it was asked to.
package struct SessionError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        case hasCheckpoint
        case hasNoCheckpoint
        /// Another process trains there.
        case isRunning
        /// The folder of the model holds this, which would be removed.
        case holdsOthers(String)
        /// It is a file, and the folder of the model, or one above it, would have its name.
        case isNoFolder
        /// The model cannot take the place of the folder.
        case hasNoName
    }

    package let reason: Reason
    /// The folder of the training, or of the model.
    package let folder: String

    package init(_ reason: Reason, folder: String) {
        self.reason = reason
        self.folder = folder
    }

    package var description: String {
        switch reason {
        case .hasCheckpoint:
            "\(folder) holds a training already; go on with --resume, or remove the folder"
        case .hasNoCheckpoint:
            "\(folder) holds no checkpoint; train first, without --export"
        case .isRunning:
            "another process trains in \(folder); wait until it is done, or end it"
        case .holdsOthers(let name):
            """
            \(folder) holds \(name), which is not a part of a model and would be removed; move it \
            away, or give another folder with --output
            """
        case .isNoFolder: "\(folder) is not a folder; give another one with --output"
        case .hasNoName:
            """
            a model needs a folder of its own, not "\(folder)"; give for instance --output \
            Models/mine
            """
        }
    }
}
