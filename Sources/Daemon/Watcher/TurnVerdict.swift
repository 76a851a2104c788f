/// What was to be done about a submission when it had its turn.
struct TurnVerdict {
    let verdict: Verdict
    /// Its job file then.
    let jobFile: FileStamp?
    /// The round of looks in which that was.
    let round: Int
}
