/// Pictures of one job in a batch.
package struct BatchPart: Sendable, Equatable {
    /// The number of the job.
    package let job: Int
    /// The pictures of the job.
    package let range: Range<Int>
    /// Where they lie in the batch.
    package let places: Range<Int>

    package init(job: Int, range: Range<Int>, places: Range<Int>) {
        self.job = job
        self.range = range
        self.places = places
    }
}
