extension Int {
    /// The sum, or the number nearest to it that there is: a file may claim to have any size.
    package func addingLimited(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
