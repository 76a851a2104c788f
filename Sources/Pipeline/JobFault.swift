import Images
package import Jobs
import Physics
import Solvers
import Tensors
package import YAML

/// A mistake of a job that shows only when what it names is looked at: which part of the job it is
/// in, what is wrong there and what to do about it.
package struct JobFault: Error, CustomStringConvertible {
    /// The way to the part, such as `forward[1].matrix.file`.
    package let path: SettingPath
    /// What the part has led to.
    package let cause: any Error
    package let problem: String
    package let remedy: String
    /// Where the part stands; nil while no file is at hand.
    package let position: YAMLPosition?

    private init(
        _ path: SettingPath, _ cause: any Error, _ problem: String, _ remedy: String,
        _ position: YAMLPosition? = nil
    ) {
        self.path = path
        self.cause = cause
        self.problem = problem
        self.remedy = remedy
        self.position = position
    }

    /// `file:line:column: part: what is wrong; what to do`.
    package var description: String { position.map { "\($0): \(message)" } ?? message }

    /// The same without the place.
    package var message: String { "\(path.text): \(problem); \(remedy)" }
}

extension JobFault {
    /// What is wrong at `path`.
    init(_ reason: PipelineError.Reason, at path: SettingPath) {
        let error = PipelineError(reason, in: path.text)
        self.init(path, error, error.problem, error.remedy)
    }

    /// An error that a part of the job has led to, with a `remedy` where it has none of its own.
    private init(_ cause: any Error, at path: SettingPath, remedy: String) {
        let words: (problem: String, remedy: String) =
            switch cause {
            case let error as PipelineError: ("\(error.context): \(error.problem)", error.remedy)
            case let error as PhysicsError: (error.problem, error.remedy)
            case let error as SolverError: (error.problem, error.remedy)
            default: ("\(cause)", remedy)
            }
        self.init(path.part(of: cause), cause, words.problem, words.remedy)
    }

    /// What `body` makes, with its errors as those of the part of the job at `path`, unless a smaller
    /// part is blamed already.
    ///
    /// - Parameters:
    ///   - path: the way to the part.
    ///   - remedy: what to do, where an error does not say so itself.
    ///   - body: looks at the part.
    /// - Returns: what `body` makes.
    /// - Throws: `JobFault`, `TorchError`, which is no mistake of a job, and `ImageError`, which points
    ///   into a picture.
    static func at<Value>(
        _ path: SettingPath, remedy: String, _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch let fault as JobFault {
            throw fault
        } catch let error as TorchError {
            throw error
        } catch let error as ImageError {
            throw error
        } catch {
            throw JobFault(error, at: path, remedy: remedy)
        }
    }

    /// The fault with the place of its part.
    func placed(at position: YAMLPosition?) -> JobFault {
        JobFault(path, cause, problem, remedy, position)
    }

    /// The fault of the method at `index` of several.
    func inMethod(_ index: Int) -> JobFault {
        JobFault(path.inMethod(index), cause, problem, remedy, position)
    }
}

extension SettingPath {
    /// The part of this one that an error of a solver names.
    fileprivate func part(of cause: any Error) -> SettingPath {
        guard let error = cause as? SolverError, case .setting(let name, _, _) = error.reason else {
            return self
        }
        return name.split(separator: ".").reduce(self) { $0[String($1)] }
    }
}
