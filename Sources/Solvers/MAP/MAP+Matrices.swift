extension MAP {
    /// The way down from what message passing finds of `share` numbers a pixel, which is the better
    /// the more there are: `Docs/decisions/0022-random-matrices-begin-with-message-passing.md`.
    ///
    /// - Parameters:
    ///   - gain: how much larger the numbers are than pixels, on average.
    ///   - share: the number of measurements, divided by that of pixels and channels.
    /// - Returns: the plan.
    static func matrixPlan(gain: Double, share: Double) -> Plan {
        var plan = Plan(
            space: .image, optimizer: .adam, start: .observation, beta: 0.4, steps: 160,
            learningRate: 0.1, schedule: .cosine, softening: 0.01 * gain,
            restingFloor: 0.0027 * gain, isScaled: true, jitter: 0.15)
        if share < 0.12 {
            // The start is little more than a colour: details of every size have to come.
            plan.beta = 1
            plan.steps = 250
            plan.softening = 0.045 * gain
            plan.isLayered = true
            plan.jitter = 0.2
        } else if share >= 0.5 {
            plan.beta = 0.05
            plan.steps = 80
            plan.learningRate = 0.02
            plan.softening = 0.003 * gain
            plan.restingFloor = 0.0002 * gain
            plan.jitter = 0.1
        } else if share >= 0.3 {
            plan.beta = 0.2
            plan.softening = 0.005 * gain
            plan.restingFloor = 0.0005 * gain
        }
        return plan
    }
}
