/// Why a training cannot begin where it was asked to.
package struct SessionError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        case hasCheckpoint
        case hasNoCheckpoint
    }

    package let reason: Reason
    /// The folder of the training.
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
        }
    }
}
