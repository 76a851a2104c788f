/// Programs of the administrator that are told of results.
package struct HookSettings: Equatable, Sendable {
    /// The absolute path of the program that is run for the result of a job that succeeded.
    package var onSuccess: String?
    /// The same for a job that failed.
    package var onFailure: String?
    /// How long such a program may take.
    package var timeLimit: Duration
    /// `NAME=value`, and nothing else, is what it sees of the environment.
    package var environment: [String]

    package init(
        onSuccess: String? = nil, onFailure: String? = nil, timeLimit: Duration = .seconds(60),
        environment: [String] = []
    ) {
        self.onSuccess = onSuccess
        self.onFailure = onFailure
        self.timeLimit = timeLimit
        self.environment = environment
    }

    /// The program for a result; nil when there is none.
    package func program(hasFailed: Bool) -> String? { hasFailed ? onFailure : onSuccess }
}
