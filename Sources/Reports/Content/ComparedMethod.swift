package import Arrays

/// What one of several methods made of the measurements of a job.
package struct ComparedMethod: Equatable, Sendable {
    /// What came of it.
    package enum Outcome: Equatable, Sendable {
        /// The pictures in the order of the job.
        case images([ImageReport])
        /// Why there are none.
        case failure(String)
    }

    /// Its name, and what tells it from others of that name.
    package let title: String
    /// The settings of the solver, as in a job.
    package let solver: JSONValue
    /// What the solver chose where it was free to, an object.
    package let plan: JSONValue
    /// The name of the model that it restored with; nil where it needed none.
    package let model: String?
    package let outcome: Outcome

    package init(
        title: String, solver: JSONValue, plan: JSONValue, model: String?, outcome: Outcome
    ) {
        self.title = title
        self.solver = solver
        self.plan = plan
        self.model = model
        self.outcome = outcome
    }

    /// The restored pictures, none where the method failed.
    package var images: [ImageReport] {
        if case .images(let images) = outcome { images } else { [] }
    }

    /// Why there are no pictures, nil where there are.
    package var failure: String? {
        if case .failure(let reason) = outcome { reason } else { nil }
    }

    /// The mean score; nil where the truth is not known.
    package var mean: Score? { Report.mean(of: images) }

    /// The mean time of a picture in seconds.
    package var secondsPerPicture: Double? { Report.mean(images.map(\.seconds)) }
}
