internal import YAML

extension ConfigurationSpec {
    /// Who is told of what the daemon does.
    static var listeners: [Field<ConfigurationSpec>] {
        let program = Rule<String>.path("the path of a program")
        return [
            .optional(
                "metrics", \.metrics, .path("the path of a file"),
                "The file of numbers for Prometheus's textfile collector, relative to the root."),
            .optional(
                "on_success", \.onSuccess, program,
                "The program that is run with the result's folder when a job has succeeded."),
            .optional(
                "on_failure", \.onFailure, program,
                "The program that is run with the result's folder when a job has failed."),
            .setting(
                "hook_time_limit", \.hookTimeLimit,
                .duration(from: .milliseconds(100), to: .seconds(24 * 3600)),
                "How long a program of on_success or on_failure may take."),
        ]
    }
}
