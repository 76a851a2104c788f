import Jobs

/// Jobs that are only looked at.
extension Restorer {
    /// Reads a job and what it needs, and checks all that can be checked before it is solved.
    ///
    /// What is not there yet is no mistake: the rest is checked without pictures, where a model tells
    /// their shape, and nothing else without a model or an operator's file.
    ///
    /// - Parameter order: the job; its output is not used.
    /// - Returns: what is not there.
    /// - Throws: what `restore(_:progress:)` throws before it begins to solve.
    package mutating func check(_ order: JobOrder) throws -> [JobFault] {
        do {
            _ = try prepared(order, isOutline: true)
            return []
        } catch let fault as JobFault {
            guard fault.isAboutMissing else { throw fault }
            guard try fault.path.isOfImages && order.spec().hasShapeWithoutPictures else {
                return [fault]
            }
            return [fault] + (try checkWithoutPictures(order))
        }
    }

    private mutating func checkWithoutPictures(_ order: JobOrder) throws -> [JobFault] {
        do {
            _ = try prepared(order, pictures: [], isOutline: true)
            return []
        } catch let fault as JobFault {
            guard fault.isAboutMissing else { throw fault }
            return [fault]
        }
    }
}

extension JobFault {
    /// Whether something is not there that may still come.
    fileprivate var isAboutMissing: Bool {
        ["picture.missing", "data.missing", "model.missing"]
            .contains(JobFailure(explaining: self).code)
    }
}

extension SettingPath {
    fileprivate var isOfImages: Bool { text.hasPrefix("images") }
}

extension JobSpec {
    /// Whether a model tells how large the pictures are.
    fileprivate var hasShapeWithoutPictures: Bool {
        solvers.allSatisfy { $0.windows == nil && ($0.network ?? prior) != nil }
    }
}
