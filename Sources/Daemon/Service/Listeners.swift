/// Those outside the daemon who are told of what it does, beside the status.
package struct Listeners: Sendable {
    /// The service manager that started the daemon.
    package var service: ServiceSocket?
    /// The file of numbers.
    package var metrics: MetricsFile?
    /// The administrator's programs.
    package var hooks: Hooks?
    /// What others count for the numbers.
    package var tally: Tally

    package init(
        service: ServiceSocket? = nil, metrics: MetricsFile? = nil, hooks: Hooks? = nil,
        tally: Tally = Tally()
    ) {
        self.service = service
        self.metrics = metrics
        self.hooks = hooks
        self.tally = tally
    }
}
