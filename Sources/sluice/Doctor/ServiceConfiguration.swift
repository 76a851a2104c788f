import Jobs
import Programs

/// The configuration that the daemon of a root goes by, with what there is to say of it.
struct ServiceConfiguration {
    /// Every setting has its default when the configuration cannot be read.
    let spec: ConfigurationSpec
    /// The file; nil when it cannot be read.
    let file: ConfigurationFile?
    /// The folder of Inbox and Outbox.
    let root: String
    let finding: Finding

    /// - Parameters:
    ///   - path: the configuration; nil is the one in its usual place.
    ///   - root: the folder of Inbox and Outbox; nil is the one that the configuration names.
    init(path: String?, root: String?) {
        let found = Self.read(path, root)
        // A root that is named on the command line goes before that of the file, as for sluiced.
        switch found {
        case .success(let file):
            (spec, self.file) = (file.spec, file)
            self.root = root ?? file.root
            let detail = file.path ?? "none; every setting has its default"
            finding = Finding("configuration", .works, detail)
        case .failure(let error):
            (spec, file) = (ConfigurationSpec(), nil)
            self.root = root ?? "."
            finding = Finding(
                "configuration", .fails, "\(error)",
                remedy: error.reason == .missing
                    ? "name another file with --config" : "correct the file")
        }
    }

    private static func read(
        _ path: String?, _ root: String?
    ) -> Result<ConfigurationFile, JobError> {
        do throws(JobError) {
            return .success(
                path == nil
                    ? try ConfigurationFile(root: root ?? ".")
                    : try ConfigurationFile(path: path, root: root ?? "."))
        } catch {
            return .failure(error)
        }
    }

    /// The folders of models that jobs may name, but for those that were installed.
    var models: [String] { spec.models.map { ConfigurationFile.join(root, $0) } }

    /// The file of numbers; nil when none is written.
    var metrics: String? { spec.metrics.map { ConfigurationFile.join(root, $0) } }
}
