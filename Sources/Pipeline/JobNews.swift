/// What is heard of one of several jobs.
package enum JobNews {
    case progress(JobStep)
    case finished(JobOutcome)
    case failed(any Error)
}
