/// What became of a line that was written to a worker.
enum Delivery {
    case taken
    /// Nobody reads any more: the process has ended, or is about to.
    case gone
    /// All or a part of the line does not fit into the pipe.
    case refused
}
