extension Int {
    /// The sum, or the largest number where the sum is larger: a file may claim to have any size.
    func adding(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
