import Foundation
import Jobs

/// Where an experiment lies and where its results go.
package struct ExperimentPlace: Equatable, Sendable {
    /// The name of its file without extension.
    package let name: String
    /// The absolute path of the folder that its paths are relative to.
    package let folder: String
    /// The folder of the results.
    package let output: String

    package init(_ path: String, output: String?) {
        let url = URL(filePath: path).standardizedFileURL
        folder = url.deletingLastPathComponent().path
        let last = url.lastPathComponent
        name = JobName(fileName: last)?.text ?? last
        self.output = output ?? "Evaluations/\(name)"
    }
}
